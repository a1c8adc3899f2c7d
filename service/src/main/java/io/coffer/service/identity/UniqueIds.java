package io.coffer.service.identity;

import java.security.SecureRandom;

/**
 * Ids as IAM makes them, and secrets. Source: IAM User Guide, "IAM identifiers", "Unique
 * identifiers". Thread-safe.
 */
public final class UniqueIds {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int ID_LETTERS = 17;
  private static final int KEY_LETTERS = 16;
  private static final int SECRET_LETTERS = 40;

  private final SecureRandom random = new SecureRandom();

  /** Such as AIDA… */
  public String user() {
    return "AIDA" + letters(BASE32, ID_LETTERS);
  }

  /** Such as AGPA… */
  public String group() {
    return "AGPA" + letters(BASE32, ID_LETTERS);
  }

  /** Such as AROA… */
  public String role() {
    return "AROA" + letters(BASE32, ID_LETTERS);
  }

  /** Such as ANPA… */
  public String policy() {
    return "ANPA" + letters(BASE32, ID_LETTERS);
  }

  /** The id of a key of a user, such as AKIA… */
  public String accessKey() {
    return "AKIA" + letters(BASE32, KEY_LETTERS);
  }

  /** The id of the key of a session, such as ASIA… */
  public String sessionKey() {
    return "ASIA" + letters(BASE32, KEY_LETTERS);
  }

  /** A secret for a key: 240 random bits. */
  public String secret() {
    return letters(BASE64, SECRET_LETTERS);
  }

  private String letters(String alphabet, int count) {
    var text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
