package io.coffer.storage.files;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

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

  /** Has something done on a platform thread of its own. */
  static <T> T forResult(String threadName, Supplier<T> work) {
    var result = new CompletableFuture<T>();
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name(threadName)
            .start(
                () -> {
                  try {
                    result.complete(work.get());
                  } catch (RuntimeException | Error e) {
                    result.completeExceptionally(e);
                  }
                });
    forEndOf(thread);
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
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
