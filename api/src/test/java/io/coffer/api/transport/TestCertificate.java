package io.coffer.api.transport;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate and its key, signed by itself or by another, as files and as a client needs it. */
record TestCertificate(X509Certificate certificate, KeyPair keys, @Nullable TestCertificate by) {

  static TestCertificate authority() {
    return make(null, "EC", true, "the authority");
  }

  TestCertificate signs(String... names) {
    return make(this, "EC", false, names);
  }

  TestCertificate signsRsa(String... names) {
    return make(this, "RSA", false, names);
  }

  private static TestCertificate make(
      @Nullable TestCertificate by, String algorithm, boolean signs, String... names) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
      var keys = generator.generateKeyPair();
      var subject = new X500Principal("CN=" + names[0]);
      var now = Instant.now();
      var builder =
          new JcaX509v3CertificateBuilder(
              by == null ? subject : by.certificate.getSubjectX500Principal(),
              new BigInteger(64, new SecureRandom()),
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(Duration.ofDays(100))),
              subject,
              keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(signs));
      var general =
          Arrays.stream(names)
              .filter(name -> !name.contains(" "))
              .map(name -> new GeneralName(kind(name), name))
              .toArray(GeneralName[]::new);
      if (general.length > 0) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(general));
      }
      var signingKey = by == null ? keys.getPrivate() : by.keys.getPrivate();
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(signingKey);
      var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new TestCertificate(certificate, keys, by);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int kind(String name) {
    return name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
  }

  /** Any objects in PEM; a pair of keys in its older form, a private key in PKCS#8. */
  static String pem(Object... objects) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      for (var object : objects) {
        writer.writeObject(
            object instanceof java.security.PrivateKey key
                ? new org.bouncycastle.openssl.jcajce.JcaPKCS8Generator(key, null)
                : object);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  /** Writes or replaces both files, the certificate first. */
  CertificateFiles in(Path directory, String name) throws IOException {
    var files =
        new CertificateFiles(directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
    Files.writeString(files.chain(), pem(certificate));
    Files.writeString(files.key(), pem(keys.getPrivate()));
    return files;
  }

  /**
   * What a client needs that trusts this certificate.
   *
   * @param own the certificate that it shows, or null
   */
  SSLContext trusted(@Nullable TestCertificate own) {
    try {
      var trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("ca", certificate);
      var trusting = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusting.init(trust);
      var context = SSLContext.getInstance("TLS");
      context.init(own == null ? null : own.shown(), trusting.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyManager[] shown() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
    var showing = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    showing.init(store, new char[0]);
    return showing.getKeyManagers();
  }
}
