package io.coffer.storage.files;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Lets work behind the requests do so many steps a second, in short bursts. One thread, which an
 * interrupt wakes.
 */
final class Pace {
  private static final long BURST_NANOS = 20_000_000;

  private final LongSupplier nanoTime;
  private final long nanosPerStep;
  private long nextNanos;

  /**
   * @param stepsPerSecond above zero
   */
  Pace(LongSupplier nanoTime, int stepsPerSecond) {
    this.nanoTime = nanoTime;
    nanosPerStep = 1_000_000_000L / stepsPerSecond;
    nextNanos = nanoTime.getAsLong();
  }

  /** Does one step's waiting, which may be none; ends early when told so. */
  void step(BooleanSupplier ending) {
    long ahead = nextNanos - nanoTime.getAsLong();
    if (ahead > BURST_NANOS) {
      while (ahead > 0 && !ending.getAsBoolean()) {
        LockSupport.parkNanos(ahead);
        ahead = nextNanos - nanoTime.getAsLong();
      }
    }
    // What was not used is saved up for one burst.
    nextNanos += nanosPerStep + Math.max(0, -ahead - BURST_NANOS);
  }
}
