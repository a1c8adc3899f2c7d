package io.coffer.server;

import io.coffer.api.transport.CertificateFiles;
import io.coffer.api.transport.ServerIdentity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that the server made for development, in files that their owner alone can read:
 * {@code ca.pem} and {@code ca-key.pem} of the authority, {@code server.pem} and {@code
 * server-key.pem}. It is made again when less than a month is left, or when the server has other
 * names; the authority stays, so that whoever trusts it goes on to.
 */
record DevelopmentCertificate(Path directory) {
  private static final Logger LOG = System.getLogger(CofferServer.class.getName());

  static final Duration LIFETIME = Duration.ofDays(365);
  static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})*");

  /**
   * The one that the options ask for, or null: in the data directory, or in a temporary one for a
   * server in memory.
   *
   * @throws UsageException its files cannot be written
   */
  static @Nullable DevelopmentCertificate of(ServerOptions options) {
    if (!options.edge().tls().selfSigned()) {
      return null;
    }
    var data = options.directory();
    try {
      var parent = data == null ? Files.createTempDirectory("coffer-") : data.resolve("secrets");
      return in(parent.resolve("tls"), options.domains(), Instant.now());
    } catch (IOException e) {
      throw UsageException.failed(
          "The certificate for development cannot be kept (%s).".formatted(Messages.of(e)), e);
    }
  }

  /** Removes all its files. */
  void delete() {
    try {
      for (var file :
          List.of(authorityFile(), authorityKeyFile(), files().chain(), files().key())) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
      Files.deleteIfExists(directory.toAbsolutePath().getParent());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A temporary directory stays: " + directory, e);
    }
  }

  /**
   * Takes what lies in a directory, and makes what is missing or runs out.
   *
   * @param domains base domains of virtual hosts; each is named with and without {@code *.}
   * @throws IOException the files cannot be written
   */
  static DevelopmentCertificate in(Path directory, List<String> domains, Instant now)
      throws IOException {
    SecretFile.makeDirectory(directory);
    var made = new DevelopmentCertificate(directory);
    var names = names(domains);
    var authority = made.authority(now);
    if (!made.isGood(authority, names, now)) {
      made.makeServer(authority, names, now);
    }
    return made;
  }

  Path authorityFile() {
    return directory.resolve("ca.pem");
  }

  private Path authorityKeyFile() {
    return directory.resolve("ca-key.pem");
  }

  /** What the server shows. */
  CertificateFiles files() {
    return new CertificateFiles(
        directory.resolve("server.pem"), directory.resolve("server-key.pem"));
  }

  private DevelopmentAuthority authority(Instant now) throws IOException {
    var found = readAuthority();
    if (found != null && outlives(found.certificate(), now.plus(LIFETIME))) {
      return found;
    }
    var authority = DevelopmentAuthority.make(now);
    // The key first: what trusts a certificate whose key is lost would be of no use.
    SecretFile.write(authorityKeyFile(), PemText.of(authority.key()));
    SecretFile.write(authorityFile(), PemText.of(authority.certificate()));
    return authority;
  }

  private @Nullable DevelopmentAuthority readAuthority() {
    if (!Files.exists(authorityFile()) || !Files.exists(authorityKeyFile())) {
      return null;
    }
    try {
      var pair = ServerIdentity.read(new CertificateFiles(authorityFile(), authorityKeyFile()));
      return new DevelopmentAuthority(pair.chain().getFirst(), pair.key());
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean outlives(X509Certificate certificate, Instant time) {
    return certificate.getNotAfter().toInstant().isAfter(time);
  }

  private boolean isGood(DevelopmentAuthority authority, Set<String> names, Instant now) {
    if (!Files.exists(files().chain()) || !Files.exists(files().key())) {
      return false;
    }
    try {
      var server = ServerIdentity.read(files()).chain().getFirst();
      server.verify(authority.certificate().getPublicKey());
      return outlives(server, now.plus(RENEWED_BEFORE)) && names(server).equals(names);
    } catch (IOException | java.security.GeneralSecurityException e) {
      return false;
    }
  }

  private void makeServer(DevelopmentAuthority authority, Set<String> names, Instant now)
      throws IOException {
    var keys = DevelopmentAuthority.newKeys();
    var general = names.stream().map(name -> new GeneralName(kind(name), name)).toList();
    var certificate = authority.certify(keys.getPublic(), general, now, LIFETIME);
    SecretFile.write(files().key(), PemText.of(keys.getPrivate()));
    SecretFile.write(files().chain(), PemText.of(certificate));
  }

  private static int kind(String name) {
    return name.contains(":") || name.matches("[0-9.]+")
        ? GeneralName.iPAddress
        : GeneralName.dNSName;
  }

  private static Set<String> names(List<String> domains) {
    var names = new LinkedHashSet<String>(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"));
    try {
      var host = InetAddress.getLocalHost().getHostName();
      if (HOST.matcher(host).matches()) {
        names.add(host);
      }
    } catch (UnknownHostException e) {
      // A machine without a name has none in its certificate.
    }
    for (var domain : domains) {
      names.add(domain);
      names.add("*." + domain);
    }
    return names;
  }

  private static Set<String> names(X509Certificate certificate)
      throws java.security.cert.CertificateParsingException {
    var names = new LinkedHashSet<String>();
    Collection<List<?>> general = certificate.getSubjectAlternativeNames();
    if (general != null) {
      general.forEach(name -> names.add(name.get(1).toString()));
    }
    return names;
  }
}
