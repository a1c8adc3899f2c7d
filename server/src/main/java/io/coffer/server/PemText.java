package io.coffer.server;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Keys and certificates as text (RFC 7468). */
final class PemText {
  private static final int COLUMNS = 64;

  private PemText() {}

  /** PKCS#8. */
  static String of(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  static String of(PublicKey key) {
    return block("PUBLIC KEY", key.getEncoded());
  }

  static String of(X509Certificate certificate) throws IOException {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private static String block(String label, byte[] content) {
    var lines = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
