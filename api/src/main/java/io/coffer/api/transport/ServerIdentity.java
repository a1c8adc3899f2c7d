package io.coffer.api.transport;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A certificate with those that vouch for it, and its key, which fits. Immutable.
 *
 * @param chain the server's own first
 * @param names for which it is: DNS names in lower case, some with {@code *.} before them
 */
public record ServerIdentity(List<X509Certificate> chain, PrivateKey key, Set<String> names) {
  /** Of the general names in a certificate (RFC 5280 §4.2.1.6). */
  private static final int DNS_NAME = 2;

  public ServerIdentity {
    chain = List.copyOf(chain);
    names = Set.copyOf(names);
  }

  /**
   * Reads both files as they are now.
   *
   * @throws CertificateException one is missing or damaged, or the key is another one's
   */
  public static ServerIdentity read(CertificateFiles files) throws CertificateException {
    return of(PemFile.read(files.chain()), PemFile.read(files.key()));
  }

  /**
   * Reads one.
   *
   * @throws CertificateException it is damaged, or the key is another one's
   */
  static ServerIdentity of(PemFile chain, PemFile key) throws CertificateException {
    var certificates = chain.certificates();
    var privateKey = key.key();
    try {
      if (!fits(certificates.getFirst(), privateKey)) {
        throw new CertificateException(
            "The key in " + key + " does not belong to the first certificate in " + chain + ".");
      }
      return new ServerIdentity(certificates, privateKey, names(certificates.getFirst()));
    } catch (GeneralSecurityException e) {
      throw new CertificateException("The certificate in " + chain + " is damaged.", e);
    }
  }

  /** Whether what the key signs is what the certificate verifies. */
  private static boolean fits(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    var publicKey = certificate.getPublicKey();
    if (!publicKey.getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    var algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    var signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update((byte) 1);
    var signature = signer.sign();
    var verifier = Signature.getInstance(algorithm);
    verifier.initVerify(publicKey);
    verifier.update((byte) 1);
    return verifier.verify(signature);
  }

  private static Set<String> names(X509Certificate certificate) throws GeneralSecurityException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names == null) {
      return Set.of();
    }
    return names.stream()
        .filter(name -> name.getFirst().equals(DNS_NAME))
        .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether it is for a host; a star stands for one label (RFC 9525 §6.3).
   *
   * @param host in lower case, without a dot at the end
   */
  boolean isFor(String host) {
    int dot = host.indexOf('.');
    return names.contains(host) || (dot > 0 && names.contains("*" + host.substring(dot)));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ServerIdentity" + names;
  }
}
