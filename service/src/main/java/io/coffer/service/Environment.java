package io.coffer.service;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What is not deterministic: time and chance. Given from outside, so that a test can hold both.
 *
 * @param clock tells the time
 * @param random thread-safe; ids come from it, secrets do not
 */
public record Environment(InstantSource clock, RandomGenerator random) {
  /** The machine's clock and a secure random. */
  public static Environment system() {
    return new Environment(InstantSource.system(), new SecureRandom());
  }

  /** A new id of a batch. */
  UUID batchId() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** Microseconds since 1970. */
  long nowMicros() {
    var now = clock.instant();
    return Math.addExact(
        Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
  }
}
