package io.coffer.server;

import io.coffer.service.Verification;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shows how far a check has come: on a terminal one line that is written over, else a line now and
 * then.
 */
final class VerifyProgress implements AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);
  private static final String CLEAR = "\r\033[K";
  private static final double NANOS = 1e9;

  private final PrintWriter err;
  private final boolean onTerminal;
  private final long totalBytes;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private long lastNanos = System.nanoTime();
  private long lastBytes;

  /**
   * @param totalBytes about how much is to be read; 0 when nobody knows
   */
  VerifyProgress(PrintWriter err, boolean onTerminal, long totalBytes) {
    this.err = err;
    this.onTerminal = onTerminal;
    this.totalBytes = totalBytes;
  }

  /** Shows, from now on, until it is closed. */
  void start(Verification verification) {
    var interval = onTerminal ? ON_TERMINAL : ELSEWHERE;
    Thread.ofPlatform()
        .daemon()
        .name("coffer-progress")
        .start(
            () -> {
              try {
                while (!ended.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                  show(verification);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private void show(Verification verification) {
    lock.lock();
    try {
      if (ended.getCount() > 0) {
        var line = line(verification, System.nanoTime());
        err.print(onTerminal ? CLEAR + line : line + System.lineSeparator());
        err.flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How far it is, and how fast it was since the last line. */
  String line(Verification verification, long nanos) {
    var tally = verification.tally();
    long bytes = tally.bytes();
    double seconds = Math.max(nanos - lastNanos, 1) / NANOS;
    long rate = (long) ((bytes - lastBytes) / seconds);
    lastNanos = nanos;
    lastBytes = bytes;
    var what =
        switch (verification.phase()) {
          case ROWS -> "reading the files of rows: ";
          case OBJECTS -> "reading objects: ";
          case BELONGINGS -> "comparing rows with blobs: ";
        };
    var share =
        totalBytes > 0
            ? String.format(Locale.ROOT, " (about %d %%)", Math.min(100, bytes * 100 / totalBytes))
            : "";
    return what
        + String.format(
            Locale.ROOT,
            "%,d objects, %s%s, %s/s, %,d damaged",
            tally.objects(),
            ByteCount.text(bytes),
            share,
            ByteCount.text(rate),
            tally.damage());
  }

  /** Does something with the progress line out of the way. */
  void withoutLine(Runnable action) {
    lock.lock();
    try {
      if (onTerminal) {
        err.print(CLEAR);
        err.flush();
      }
      action.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    withoutLine(() -> {});
  }
}
