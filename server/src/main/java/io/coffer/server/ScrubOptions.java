package io.coffer.server;

import java.time.Duration;

/**
 * How everything that is kept is checked in the background.
 *
 * @param bytesPerSecond 0 for not at all
 * @param interval how long it rests after a pass
 */
public record ScrubOptions(long bytesPerSecond, Duration interval) {
  /** Not at all. */
  public static final ScrubOptions OFF = new ScrubOptions(0, Duration.ZERO);
}
