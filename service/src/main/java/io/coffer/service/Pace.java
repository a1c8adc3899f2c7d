package io.coffer.service;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps whoever reads in the background at a rate: told of each piece that was read, it waits until
 * the piece was due. One thread.
 *
 * <p>While the server has requests to answer it waits longer: with n of them in flight, n + 1 times
 * as long, up to {@link #SLOWEST} times.
 */
final class Pace implements LongConsumer {
  private static final int SLOWEST = 16;

  /** A longer wait is cut into such pieces, so that an end is soon noticed. */
  private static final long LONGEST_NAP_NANOS = 50_000_000;

  /** Shorter waits are saved up. */
  private static final long SHORTEST_NAP_NANOS = 1_000_000;

  /** Waits that took too long are made up for within this; more would be a burst. */
  private static final long LATENESS_NANOS = 50_000_000;

  /** The work was told to end. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Ended() {
      super("the check was told to end", null, false, false);
    }
  }

  /** How a thread waits. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  private final long bytesPerSecond;
  private final IntSupplier load;
  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private final BooleanSupplier ended;
  private long dueNanos;

  /**
   * @param bytesPerSecond 0 for as fast as can be
   * @param load requests in flight
   * @param nanoTime as {@link System#nanoTime}
   * @param ended asked after each piece: whether to throw {@link Ended}
   */
  Pace(
      long bytesPerSecond,
      IntSupplier load,
      LongSupplier nanoTime,
      Sleeper sleeper,
      BooleanSupplier ended) {
    this.bytesPerSecond = bytesPerSecond;
    this.load = load;
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
    this.ended = ended;
    dueNanos = nanoTime.getAsLong();
  }

  static Pace of(ScrubSettings settings, BooleanSupplier ended) {
    return new Pace(
        settings.bytesPerSecond(), settings.load(), System::nanoTime, Thread::sleep, ended);
  }

  /** At a rate, whatever else goes on. */
  static Pace steady(long bytesPerSecond) {
    return new Pace(bytesPerSecond, () -> 0, System::nanoTime, Thread::sleep, () -> false);
  }

  /**
   * Waits until so many bytes more may have been read.
   *
   * @throws Ended no more are wanted
   */
  @Override
  public void accept(long bytes) {
    checkGoing();
    if (bytesPerSecond == 0) {
      return;
    }
    double slowness = Math.clamp(load.getAsInt() + 1, 1, SLOWEST);
    long now = nanoTime.getAsLong();
    dueNanos =
        Math.max(dueNanos, now - LATENESS_NANOS) + (long) (bytes * slowness * 1e9 / bytesPerSecond);
    long wait = dueNanos - now;
    while (wait > SHORTEST_NAP_NANOS) {
      nap(Duration.ofNanos(Math.min(wait, LONGEST_NAP_NANOS)));
      wait = dueNanos - nanoTime.getAsLong();
    }
  }

  private void nap(Duration time) {
    try {
      sleeper.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Ended();
    }
    checkGoing();
  }

  private void checkGoing() {
    if (ended.getAsBoolean()) {
      throw new Ended();
    }
  }
}
