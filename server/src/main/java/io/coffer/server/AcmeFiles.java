package io.coffer.server;

import io.coffer.api.transport.CertificateException;
import io.coffer.api.transport.CertificateFiles;
import io.coffer.api.transport.ServerIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;

/**
 * What ACME keeps, in files that their owner alone can read. {@code certificate.pem} has the key
 * and the chain together, so that they are replaced together, and before them a line that says
 * which authority they are from; {@code account.pem} likewise has the key of the account there.
 */
record AcmeFiles(Path directory) {
  private static final String AUTHORITY = "ACME directory: ";
  private static final String PLACEHOLDER = "Placeholder until there is a certificate by ACME";

  /** Longer than it should ever be needed: a name in a certificate is better than none. */
  private static final Duration PLACEHOLDER_LIFETIME = Duration.ofDays(90);

  /** Makes the directories that are missing, in that of the data. */
  static AcmeFiles in(Path data) throws IOException {
    var secrets = data.resolve("secrets");
    var directory = secrets.resolve("acme");
    SecretFile.makeDirectory(secrets);
    SecretFile.makeDirectory(directory);
    return new AcmeFiles(directory);
  }

  /** What the server shows. */
  CertificateFiles served() {
    return new CertificateFiles(certificateFile(), certificateFile());
  }

  private Path certificateFile() {
    return directory.resolve("certificate.pem");
  }

  /** A key in PEM after a line about its authority; see {@link #authorityOf}. */
  Path accountFile() {
    return directory.resolve("account.pem");
  }

  /** When orders failed; see {@link AcmePace}. */
  Path failuresFile() {
    return directory.resolve("failures");
  }

  /** The certificate that an authority issued, or null: there is none, or it is damaged. */
  @Nullable AcmeKept kept() throws IOException {
    var authority = authorityOf(certificateFile());
    try {
      return authority == null
          ? null
          : new AcmeKept(authority, ServerIdentity.read(served()).chain().getFirst());
    } catch (CertificateException e) {
      return null;
    }
  }

  /** Replaces the certificate. */
  void keep(URI authority, AcmeIssued issued) throws IOException {
    writeCertificate(AUTHORITY + authority, issued.keys(), issued.chain());
  }

  /** Puts a certificate there that nobody trusts. */
  void keepPlaceholder(List<String> domains, Instant now) throws IOException {
    var keys = DevelopmentAuthority.newKeys();
    var names = domains.stream().map(name -> new GeneralName(GeneralName.dNSName, name)).toList();
    var certificate =
        DevelopmentAuthority.make(now).certify(keys.getPublic(), names, now, PLACEHOLDER_LIFETIME);
    writeCertificate(PLACEHOLDER, keys, List.of(certificate));
  }

  private void writeCertificate(String title, KeyPair keys, List<X509Certificate> chain)
      throws IOException {
    var text = new StringBuilder(title).append('\n').append(PemText.of(keys.getPrivate()));
    for (var certificate : chain) {
      text.append(PemText.of(certificate));
    }
    SecretFile.write(certificateFile(), text.toString());
  }

  /** Replaces the key of the account. */
  void keepAccount(URI authority, String pem) throws IOException {
    SecretFile.write(accountFile(), AUTHORITY + authority + "\n" + pem);
  }

  /** The directory of the authority that a file is from; null without one, or without the file. */
  static @Nullable URI authorityOf(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    var text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    var title = text.lines().findFirst().orElse("");
    try {
      return title.startsWith(AUTHORITY) ? URI.create(title.substring(AUTHORITY.length())) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
