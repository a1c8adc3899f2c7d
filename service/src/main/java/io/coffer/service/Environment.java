package io.coffer.service;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What is not deterministic: time, chance, and what runs behind the requests. Given from outside,
 * so that a test can hold all of it.
 *
 * @param clock tells the time
 * @param random thread-safe; ids come from it, secrets do not
 * @param threads whether work behind the requests runs on a thread of its own; without, it is done
 *     when {@link Service#settle} is called, and only then
 */
public record Environment(InstantSource clock, RandomGenerator random, boolean threads) {
  /** With threads. */
  public Environment(InstantSource clock, RandomGenerator random) {
    this(clock, random, true);
  }

  /** The machine's clock, a secure random, and threads. */
  public static Environment system() {
    return new Environment(InstantSource.system(), new SecureRandom(), true);
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
