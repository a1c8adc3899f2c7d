package io.coffer.storage.files;

import io.coffer.storage.StorageException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the calls under way, so that RocksDB is closed only when nobody is inside: a native call
 * on a closed database ends the process. Thread-safe.
 */
final class Gate {
  private static final long CLOSED = 1L << 62;

  private final AtomicLong state = new AtomicLong();
  private final CountDownLatch empty = new CountDownLatch(1);

  /** To be followed by {@link #exit}, whatever happens. */
  void enter() {
    long seen;
    do {
      seen = state.get();
      if ((seen & CLOSED) != 0) {
        throw closed();
      }
    } while (!state.compareAndSet(seen, seen + 1));
  }

  void exit() {
    if (state.decrementAndGet() == CLOSED) {
      empty.countDown();
    }
  }

  /** Throws when the gate is closed. */
  void checkOpen() {
    if ((state.get() & CLOSED) != 0) {
      throw closed();
    }
  }

  /** Lets nobody in any more and waits until all are out. False when it was closed before. */
  boolean close() {
    long before = state.getAndUpdate(seen -> seen | CLOSED);
    if (before == 0) {
      empty.countDown();
    }
    Waiting.forLatch(empty);
    return (before & CLOSED) == 0;
  }

  private static StorageException closed() {
    return new StorageException.Failure("the storage is closed", null);
  }
}
