package io.coffer.server;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/** The key of the account at an authority, in PEM; both halves, since Java cannot tell one. */
final class AcmeAccountKey {
  private AcmeAccountKey() {}

  /**
   * The one that is kept, or a new one, which is kept before anybody hears of it.
   *
   * @throws IOException it cannot be read or kept
   */
  static KeyPair of(AcmeFiles files, URI authority) throws IOException {
    if (authority.equals(AcmeFiles.authorityOf(files.accountFile()))) {
      var found = read(Files.readString(files.accountFile()));
      if (found != null) {
        return found;
      }
    }
    var keys = DevelopmentAuthority.newKeys();
    files.keepAccount(authority, PemText.of(keys.getPrivate()) + PemText.of(keys.getPublic()));
    return keys;
  }

  private static @Nullable KeyPair read(String text) throws IOException {
    var converter = new JcaPEMKeyConverter();
    PrivateKey privateKey = null;
    PublicKey publicKey = null;
    try (var parser = new PEMParser(new StringReader(text))) {
      for (var object = parser.readObject(); object != null; object = parser.readObject()) {
        switch (object) {
          case PrivateKeyInfo info -> privateKey = converter.getPrivateKey(info);
          case SubjectPublicKeyInfo info -> publicKey = converter.getPublicKey(info);
          default -> {
            // Not of ours.
          }
        }
      }
    } catch (IOException e) {
      return null; // Damaged: an account is soon made.
    }
    return privateKey == null || publicKey == null ? null : new KeyPair(publicKey, privateKey);
  }
}
