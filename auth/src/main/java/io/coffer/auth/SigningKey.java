package io.coffer.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that signs for one secret, day, region and service (AWS General Reference, "Derive a
 * signing key"). Immutable; each signature takes a MAC of its own, so any number of threads may
 * sign.
 */
final class SigningKey {
  private static final String HMAC_SHA256 = "HmacSHA256";

  private final SecretKeySpec key;

  private SigningKey(byte[] key) {
    this.key = new SecretKeySpec(key, HMAC_SHA256);
  }

  static SigningKey derive(
      String secretAccessKey, String date, String region, SigningService service) {
    var secret = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
    return new SigningKey(secret)
        .next(date)
        .next(region)
        .next(service.scopeName())
        .next("aws4_request");
  }

  private SigningKey next(String part) {
    return new SigningKey(mac(part.getBytes(StandardCharsets.UTF_8)));
  }

  /** Lower-case hex of the HMAC of a string to sign, which is ASCII or was hashed before. */
  String sign(String stringToSign) {
    return HexFormat.of().formatHex(mac(stringToSign.getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] mac(byte[] message) {
    try {
      var mac = Mac.getInstance(HMAC_SHA256);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC_SHA256, e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether two signatures are the same, in a time that does not tell where they differ. */
  static boolean same(String computed, String provided) {
    return MessageDigest.isEqual(
        computed.getBytes(StandardCharsets.UTF_8), provided.getBytes(StandardCharsets.UTF_8));
  }
}
