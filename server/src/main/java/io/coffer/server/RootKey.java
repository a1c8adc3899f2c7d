package io.coffer.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The key of the root account, and the canonical id of that account.
 *
 * @param accessKeyId 3 to 128 characters
 * @param secretAccessKey 8 characters or more
 * @param canonicalId 64 hexadecimal digits
 * @param source where the pair came from
 */
record RootKey(String accessKeyId, String secretAccessKey, String canonicalId, Source source) {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String SECRET_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ACCESS_KEY_LENGTH = 20;
  private static final int SECRET_LENGTH = 40;
  private static final int CANONICAL_ID_BYTES = 32;

  /** Where a pair came from. */
  enum Source {
    /** Made just now, so that the secret has to be shown once. */
    NEW,
    /** Kept in the data directory by an earlier start. */
    KEPT,
    /** Given by the operator. */
    GIVEN
  }

  /**
   * The given pair, or a random one, for a server in memory.
   *
   * @param secretAccessKey null if and only if {@code accessKeyId} is
   */
  static RootKey inMemory(@Nullable String accessKeyId, @Nullable String secretAccessKey) {
    return accessKeyId == null || secretAccessKey == null
        ? random(randomCanonicalId())
        : new RootKey(accessKeyId, secretAccessKey, randomCanonicalId(), Source.GIVEN);
  }

  /**
   * The given pair, or the one in the directory, or a new one that is written there. Of a given
   * pair nothing is written but the canonical id.
   *
   * @param secrets the directory of secrets, made if need be
   * @throws IOException it cannot be read or written
   * @throws UsageException the file in it is damaged
   */
  static RootKey in(Path secrets, @Nullable String accessKeyId, @Nullable String secretAccessKey)
      throws IOException {
    var file = new RootKeyFile(secrets);
    var kept = file.read();
    var canonicalId = kept.canonicalId() == null ? randomCanonicalId() : kept.canonicalId();
    if (accessKeyId != null && secretAccessKey != null) {
      if (kept.canonicalId() == null) {
        file.write(new RootKeyFile.Content(canonicalId, null, null));
      }
      return new RootKey(accessKeyId, secretAccessKey, canonicalId, Source.GIVEN);
    }
    if (kept.accessKeyId() != null && kept.secretAccessKey() != null) {
      return new RootKey(kept.accessKeyId(), kept.secretAccessKey(), canonicalId, Source.KEPT);
    }
    var fresh = random(canonicalId);
    file.write(new RootKeyFile.Content(canonicalId, fresh.accessKeyId(), fresh.secretAccessKey()));
    return fresh;
  }

  private static RootKey random(String canonicalId) {
    var random = new SecureRandom();
    return new RootKey(
        text(random, LETTERS, ACCESS_KEY_LENGTH),
        text(random, SECRET_LETTERS, SECRET_LENGTH),
        canonicalId,
        Source.NEW);
  }

  private static String randomCanonicalId() {
    var id = new byte[CANONICAL_ID_BYTES];
    new SecureRandom().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private static String text(SecureRandom random, String letters, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "RootKey[" + accessKeyId + ", " + source + "]";
  }
}
