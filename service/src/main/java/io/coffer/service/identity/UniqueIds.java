package io.coffer.service.identity;

import java.util.random.RandomGenerator;

/**
 * Makes the ids of users, groups, roles and policies, which are never used again. Thread-safe.
 * Source: IAM User Guide, "IAM identifiers", "Unique identifiers".
 */
public final class UniqueIds {
  public static final String USER = "AIDA";
  public static final String GROUP = "AGPA";
  public static final String ROLE = "AROA";
  public static final String POLICY = "ANPA";

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int RANDOM_CHARACTERS = 17;

  private final RandomGenerator random;

  /**
   * @param random thread-safe
   */
  public UniqueIds(RandomGenerator random) {
    this.random = random;
  }

  /** An id that begins with the four letters of its kind. */
  public String next(String kind) {
    var id = new StringBuilder(kind);
    for (int i = 0; i < RANDOM_CHARACTERS; i++) {
      id.append(BASE32.charAt(random.nextInt(BASE32.length())));
    }
    return id.toString();
  }
}
