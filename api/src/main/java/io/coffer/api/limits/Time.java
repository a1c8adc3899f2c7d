package io.coffer.api.limits;

import java.util.concurrent.TimeUnit;

/** The time that limits go by: it only moves forward, and a thread can wait in it. */
interface Time {
  /** Nanoseconds since some moment; compare differences alone. */
  long nanos();

  /**
   * Waits.
   *
   * @param nanos above 0
   */
  void sleep(long nanos) throws InterruptedException;

  /** The machine's. */
  static Time system() {
    return new Time() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleep(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    };
  }
}
