package io.coffer.api.limits;

import java.util.concurrent.atomic.AtomicLong;

/**
 * So many bytes a second, and up to a second's worth at once after a pause. Kept as the moment at
 * which all that was taken is paid for (the generic cell rate algorithm of ITU-T I.371), so nothing
 * has to fill it up. Thread-safe.
 */
final class TokenBucket {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final double nanosPerByte;
  private final AtomicLong paidAt;

  /**
   * @param bytesPerSecond above 0
   * @param now in nanoseconds, as in all methods
   */
  TokenBucket(long bytesPerSecond, long now) {
    this.nanosPerByte = (double) SECOND_NANOS / bytesPerSecond;
    this.paidAt = new AtomicLong(now - SECOND_NANOS);
  }

  /**
   * Takes bytes, whether they are there or not.
   *
   * @return after how many nanoseconds they will be; 0 or less when they are there now
   */
  long take(long bytes, long now) {
    long cost = (long) (bytes * nanosPerByte);
    long earliest = now - SECOND_NANOS;
    return paidAt.updateAndGet(before -> (before - earliest > 0 ? before : earliest) + cost) - now;
  }

  /** Nanoseconds until all that was taken is paid for; 0 or less when it is. */
  long debt(long now) {
    return paidAt.get() - now;
  }
}
