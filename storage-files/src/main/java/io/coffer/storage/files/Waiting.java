package io.coffer.storage.files;

import java.util.concurrent.CountDownLatch;

/**
 * Waits that an interrupt does not cut short: a caller that is interrupted still has to learn
 * whether its bytes are durable. The interrupt is kept for whoever looks next.
 */
final class Waiting {
  @FunctionalInterface
  private interface Wait {
    void run() throws InterruptedException;
  }

  private Waiting() {}

  static void forLatch(CountDownLatch latch) {
    uninterrupted(latch::await);
  }

  static void forEndOf(Thread thread) {
    uninterrupted(thread::join);
  }

  private static void uninterrupted(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.run();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
