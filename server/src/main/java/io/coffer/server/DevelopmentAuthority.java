package io.coffer.server;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for development: one machine's, trusted by whoever chooses to. Its
 * certificates have what RFC 5280 and clients ask for. Immutable.
 */
record DevelopmentAuthority(X509Certificate certificate, PrivateKey key) {
  private static final String SIGNATURE = "SHA256withECDSA";

  /** Clocks of clients may be behind. */
  private static final Duration BACKDATED = Duration.ofHours(1);

  /** Makes one of a random key; it is good for ten years. */
  static DevelopmentAuthority make(Instant now) throws IOException {
    var keys = newKeys();
    var name = new X500Principal("O=Coffer, CN=Coffer development CA " + serial().toString(36));
    try {
      var builder = builder(name, name, keys.getPublic(), now, Duration.ofDays(3_650));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      return new DevelopmentAuthority(sign(builder, keys.getPrivate()), keys.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("P-256 is in every Java.", e);
    }
  }

  /**
   * A server's certificate.
   *
   * @param names DNS names and IP addresses
   */
  X509Certificate certify(
      PublicKey server, Collection<GeneralName> names, Instant now, Duration lifetime)
      throws IOException {
    try {
      var subject = new X500Principal("O=Coffer, CN=Coffer server for development");
      var builder = builder(certificate.getSubjectX500Principal(), subject, server, now, lifetime);
      var extensions = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(GeneralName[]::new)));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          extensions.createAuthorityKeyIdentifier(certificate.getPublicKey()));
      return sign(builder, key);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, PublicKey key, Instant now, Duration lifetime) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        serial(),
        Date.from(now.minus(BACKDATED)),
        Date.from(now.plus(lifetime)),
        subject,
        key);
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      var signer = new JcaContentSignerBuilder(SIGNATURE).build(key);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** Positive, and not to be guessed (CA/Browser baseline requirements §7.1). */
  private static BigInteger serial() {
    return new BigInteger(120, new SecureRandom()).setBit(120);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "DevelopmentAuthority[" + certificate.getSubjectX500Principal() + "]";
  }
}
