package io.coffer.service.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A server key: AES-256 in Galois/Counter Mode, with a random nonce of 96 bits each time (NIST SP
 * 800-38D, 8.2.2: for up to 2^32 seals, then it is to be rotated). Immutable.
 */
public final class SealKey {
  /** Bytes of a key. */
  public static final int BYTES = 32;

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final byte[] raw;
  private final SecretKey key;
  private final String id;

  /**
   * @param raw {@link #BYTES} of them
   */
  public SealKey(byte[] raw) {
    if (raw.length != BYTES) {
      throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + raw.length);
    }
    this.raw = raw.clone();
    this.key = new SecretKeySpec(raw, "AES");
    this.id = HexFormat.of().formatHex(idOf(raw), 0, ID_BYTES);
  }

  /** A new one. */
  public static SealKey random() {
    var raw = new byte[BYTES];
    new SecureRandom().nextBytes(raw);
    return new SealKey(raw);
  }

  /** What it is called where keys are told apart, 8 hexadecimal digits; tells nothing of it. */
  public String id() {
    return id;
  }

  /** The key itself, to be kept where only the server's user can read it. */
  public byte[] raw() {
    return raw.clone();
  }

  private static byte[] idOf(byte[] raw) {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      hash.update("coffer seal key".getBytes(StandardCharsets.UTF_8));
      return hash.digest(raw);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A nonce, then what the cipher makes, its tag last. */
  byte[] seal(byte[] plain, byte[] associated) {
    var nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, 0, associated);
      var sealed = Arrays.copyOf(nonce, NONCE_BYTES + plain.length + TAG_BYTES);
      cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + CIPHER, e);
    }
  }

  /** Empty when this key has not sealed it so. */
  Optional<byte[]> open(byte[] sealed, int from, byte[] associated) {
    if (sealed.length - from < NONCE_BYTES + TAG_BYTES) {
      return Optional.empty();
    }
    try {
      var cipher = cipher(Cipher.DECRYPT_MODE, sealed, from, associated);
      int start = from + NONCE_BYTES;
      return Optional.of(cipher.doFinal(sealed, start, sealed.length - start));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + CIPHER, e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, int from, byte[] associated)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce, from, NONCE_BYTES));
    cipher.updateAAD(associated);
    return cipher;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "SealKey[" + id + "]";
  }
}
