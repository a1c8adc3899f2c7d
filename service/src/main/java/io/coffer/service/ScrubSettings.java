package io.coffer.service;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * How the check in the background goes about it.
 *
 * @param bytesPerSecond how much it reads at most; 0 for no check at all
 * @param interval from the end of one pass over everything to the beginning of the next
 * @param load how many requests are in flight, for the check to yield to
 */
public record ScrubSettings(long bytesPerSecond, Duration interval, IntSupplier load) {
  /** No check. */
  public static final ScrubSettings OFF = new ScrubSettings(0, Duration.ZERO, () -> 0);

  public ScrubSettings {
    if (bytesPerSecond < 0 || interval.isNegative()) {
      throw new IllegalArgumentException(bytesPerSecond + " bytes/s every " + interval);
    }
  }
}
