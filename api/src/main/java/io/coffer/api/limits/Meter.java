package io.coffer.api.limits;

import java.io.InterruptedIOException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Holds the bytes of an account's bodies to its bandwidth, by making whoever moves them wait. Only
 * the thread of the request waits. Thread-safe.
 */
public final class Meter {
  private static final long LEAST_PIECE = 256 << 10;
  private static final int PIECES_PER_SECOND = 8;

  private final TokenBucket bucket;
  private final long piece;
  private final Time time;
  private final LongAdder waited;

  /**
   * @param bytesPerSecond of the bucket
   * @param waited to which the nanoseconds are added that were waited
   */
  Meter(TokenBucket bucket, long bytesPerSecond, Time time, LongAdder waited) {
    this.bucket = bucket;
    this.piece = Math.max(LEAST_PIECE, bytesPerSecond / PIECES_PER_SECOND);
    this.time = time;
    this.waited = waited;
  }

  /**
   * How many bytes to move at once, at most, so that they arrive steadily: 256 KiB, or what an
   * eighth of a second allows.
   */
  public long piece() {
    return piece;
  }

  /** Counts bytes that were moved before anybody knew whose they are. */
  public void charge(long bytes) {
    bucket.take(bytes, time.nanos());
  }

  /**
   * Counts bytes, and returns when they may be moved.
   *
   * @throws InterruptedIOException the server goes down
   */
  public void await(long bytes) throws InterruptedIOException {
    long wait = bucket.take(bytes, time.nanos());
    if (wait <= 0) {
      return;
    }
    waited.add(wait);
    try {
      time.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
