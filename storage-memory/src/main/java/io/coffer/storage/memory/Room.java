package io.coffer.storage.memory;

import io.coffer.storage.StorageException;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes that are used of those that may be. Thread-safe. */
final class Room {
  private final long capacity;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param capacity bytes; {@link Long#MAX_VALUE} for no bound
   */
  Room(long capacity) {
    this.capacity = capacity;
  }

  /**
   * Takes bytes, or gives some back when negative: that always succeeds.
   *
   * @throws StorageException.Full there are not as many
   */
  void take(long bytes) {
    if (bytes <= 0) {
      give(-bytes);
      return;
    }
    long before;
    do {
      before = used.get();
      if (bytes > capacity - before) {
        throw new StorageException.Full(
            "%d of %d bytes are used, %d more are not there".formatted(before, capacity, bytes));
      }
    } while (!used.compareAndSet(before, before + bytes));
  }

  void give(long bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }

  /** Bytes left; {@link Long#MAX_VALUE} when there is no bound. */
  long free() {
    return capacity == Long.MAX_VALUE ? capacity : capacity - used.get();
  }
}
