package io.coffer.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.QueryException;
import io.coffer.model.S3Exception;

/** What may be said to whoever sent hostile bytes: that it is his fault, and not at length. */
public final class Refusals {
  private static final int NOT_IMPLEMENTED = 501;

  /** AWS shows what it would have signed: as text, and again each byte in hex with a blank. */
  private static final int MOST_PER_BYTE = 40;

  private static final int MOST = 8 << 10;

  private Refusals() {}

  /**
   * Checks a refusal.
   *
   * @param input length in bytes of what was refused
   */
  public static void check(S3Exception refusal, int input) {
    int status = refusal.error().status();
    assertTrue(
        (status >= 400 && status < 500) || status == NOT_IMPLEMENTED, () -> status + " " + refusal);
    int length = String.valueOf(refusal.getMessage()).length();
    for (var value : refusal.fields().values()) {
      length += value.length();
    }
    int said = length;
    assertTrue(said <= MOST + MOST_PER_BYTE * input, () -> said + " characters");
  }

  /** As the other, of IAM and STS. */
  public static void check(QueryException refusal, int input) {
    int status = refusal.error().status();
    assertTrue(status >= 400 && status < 500, () -> status + " " + refusal);
    int said = String.valueOf(refusal.getMessage()).length();
    assertTrue(said <= MOST + MOST_PER_BYTE * input, () -> said + " characters");
  }
}
