package io.coffer.storage.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs one task on many virtual threads at once. */
final class Parallel {
  /** One thread's part of the work. */
  @FunctionalInterface
  interface Task<T> {
    T run(int thread) throws Exception;
  }

  private static final int PATIENCE_SECONDS = 60;

  private Parallel() {}

  /** The results in the order of the threads; what the first failing thread threw. */
  static <T> List<T> run(int threads, Task<T> task) throws Exception {
    var start = new CountDownLatch(1);
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var futures = new ArrayList<Future<T>>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        futures.add(
            executor.submit(
                () -> {
                  start.await();
                  return task.run(thread);
                }));
      }
      start.countDown();
      var results = new ArrayList<T>();
      for (var future : futures) {
        results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
