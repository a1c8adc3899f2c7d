package io.coffer.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that makes the steps of {@link Scrub}. */
final class Scrubber implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Scrubber.class.getName());

  /** A start has better things to do. */
  private static final Duration DELAY = Duration.ofMinutes(1);

  /** After a failure: the storage may be about to recover. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  private final Scrub scrub;
  private final CountDownLatch ending;
  private final Thread thread;

  /**
   * @param ending when it is at zero, the steps end
   */
  Scrubber(Scrub scrub, CountDownLatch ending) {
    this.scrub = scrub;
    this.ending = ending;
    thread = Thread.ofVirtual().name("scrub").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Ends soon: not in the middle of a read, since an interrupt would close a file under it. */
  @Override
  public void close() {
    ending.countDown();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(END_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    await(DELAY);
    while (ending.getCount() > 0) {
      try {
        var wait = scrub.step();
        await(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
      } catch (Pace.Ended e) {
        break;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "The check in the background failed, and goes on in a minute", e);
        await(PAUSE);
      }
    }
    scrub.save();
  }

  private void await(Duration time) {
    try {
      if (time.isPositive()) {
        ending.await(time.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ending.countDown();
    }
  }
}
