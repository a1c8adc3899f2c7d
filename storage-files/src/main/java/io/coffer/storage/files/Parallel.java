package io.coffer.storage.files;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Many small steps on a few threads. The first that fails fails all: what comes after it is not
 * begun. One thread hands out the steps.
 */
final class Parallel implements AutoCloseable {
  /** One of them. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  private static final int THREADS = 4;
  private static final int WAITING_AT_MOST = 64;

  private final ExecutorService threads;
  private final Semaphore room = new Semaphore(WAITING_AT_MOST);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private Parallel(int atOnce, ThreadFactory factory) {
    threads = Executors.newFixedThreadPool(atOnce, factory);
  }

  /** On platform threads: for what would hold the carrier of a virtual one. */
  Parallel() {
    this(THREADS, Thread.ofPlatform().daemon().name("coffer-snapshot-", 0).factory());
  }

  /** On so many virtual threads. */
  static Parallel virtual(int atOnce) {
    return new Parallel(atOnce, Thread.ofVirtual().factory());
  }

  /**
   * Has a step done, some time until {@link #finish}; waits while many are waiting.
   *
   * @throws IOException an earlier one failed
   */
  void run(Step step) throws IOException {
    throwFailure();
    room.acquireUninterruptibly();
    threads.execute(
        () -> {
          try {
            if (failure.get() == null) {
              step.run();
            }
          } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          } finally {
            room.release();
          }
        });
  }

  /**
   * Waits until all are done.
   *
   * @throws IOException one failed
   */
  void finish() throws IOException {
    room.acquireUninterruptibly(WAITING_AT_MOST);
    room.release(WAITING_AT_MOST);
    throwFailure();
  }

  /** Ends the threads; steps that were not begun are not done. */
  @Override
  public void close() {
    failure.compareAndSet(null, new IOException("given up"));
    room.acquireUninterruptibly(WAITING_AT_MOST);
    threads.shutdown();
  }

  private void throwFailure() throws IOException {
    switch (failure.get()) {
      case null -> {}
      case IOException e -> throw new IOException(e.getMessage(), e);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
