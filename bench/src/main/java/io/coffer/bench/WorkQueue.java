package io.coffer.bench;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The numbers 0 to n-1, each to be done once by one of several connections; what fails is done
 * again. Thread-safe.
 */
final class WorkQueue {
  /** Given instead of a number when there is no more to do. */
  static final long NONE = -1;

  private static final int STEPS = 10;
  private static final int MAX_FAILURES = 100;

  private final long total;
  private final Consumer<String> progress;
  private final long begin = System.nanoTime();
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicInteger failures = new AtomicInteger();
  private final ConcurrentLinkedQueue<Long> again = new ConcurrentLinkedQueue<>();
  // Nanoseconds from the beginning until each tenth was done.
  private final AtomicLong[] reached = new AtomicLong[STEPS];

  /**
   * @param progress told after each tenth
   */
  WorkQueue(long total, Consumer<String> progress) {
    this.total = total;
    this.progress = progress;
    for (int i = 0; i < STEPS; i++) {
      reached[i] = new AtomicLong();
    }
  }

  /** The next, or {@link #NONE}; that too when too much has failed. */
  long take() {
    if (failures.get() > MAX_FAILURES) {
      return NONE;
    }
    Long failed = again.poll();
    if (failed != null) {
      return failed;
    }
    long number = next.getAndIncrement();
    return number < total ? number : NONE;
  }

  void done() {
    long count = done.incrementAndGet();
    int step = (int) (count * STEPS / total);
    if (step > (count - 1) * STEPS / total) {
      reached[step - 1].set(System.nanoTime() - begin);
      progress.accept("%,d of %,d".formatted(count, total));
    }
  }

  /** The connection that says so takes it again, or another one. */
  void failed(long number) {
    failures.incrementAndGet();
    again.add(number);
  }

  boolean complete() {
    return done.get() == total;
  }

  /**
   * Numbers done per second in each tenth.
   *
   * @throws IllegalStateException if not all are done
   */
  double[] rates() {
    if (!complete()) {
      throw new IllegalStateException(done + " of " + total + " are done");
    }
    double[] rates = new double[STEPS];
    long before = 0;
    for (int i = 0; i < STEPS; i++) {
      // With fewer than ten numbers some tenths are empty.
      long now = Math.max(before, reached[i].get());
      rates[i] = total / (double) STEPS / ((now - before) / 1e9);
      before = now;
    }
    return rates;
  }
}
