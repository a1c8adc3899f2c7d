package io.coffer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads, one for each connection. */
final class Workers implements Closeable {
  private static final int PATIENCE_SECONDS = 300;

  private final ExecutorService threads;

  Workers(int count) {
    threads = Executors.newFixedThreadPool(count);
  }

  /** Starts all; to be waited for with {@link #results}. */
  <T> List<Future<T>> start(Collection<? extends Callable<T>> tasks) {
    var futures = new ArrayList<Future<T>>();
    tasks.forEach(task -> futures.add(threads.submit(task)));
    return futures;
  }

  /**
   * Waits for all.
   *
   * @throws IOException one of them failed, or does not end
   */
  <T> List<T> results(List<Future<T>> futures) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    var results = new ArrayList<T>();
    try {
      for (var future : futures) {
        results.add(future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
      }
      return results;
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e.getCause());
    } catch (CancellationException | java.util.concurrent.TimeoutException e) {
      throw new IOException("no answer within " + PATIENCE_SECONDS + " s", e);
    }
  }

  <T> List<T> all(Collection<? extends Callable<T>> tasks)
      throws IOException, InterruptedException {
    return results(start(tasks));
  }

  /** Ends all, also those that wait for an answer. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
