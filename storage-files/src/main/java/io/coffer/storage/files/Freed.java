package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Room of blobs among the rows that were released, which RocksDB gives back only when it is told
 * to. Thread-safe.
 */
final class Freed {
  /**
   * How much, and where.
   *
   * @param first the smallest of their ids
   * @param last the largest
   */
  record Room(long bytes, BlobId first, BlobId last) {
    static final Room NONE = new Room(0, new BlobId(0, 0), new BlobId(0, 0));

    Room and(Room other) {
      if (bytes == 0 || other.bytes == 0) {
        return bytes == 0 ? other : this;
      }
      return new Room(
          bytes + other.bytes,
          first.compareTo(other.first) < 0 ? first : other.first,
          last.compareTo(other.last) > 0 ? last : other.last);
    }
  }

  private final AtomicReference<Room> room = new AtomicReference<>(Room.NONE);

  void add(Room more) {
    if (more.bytes > 0) {
      room.accumulateAndGet(more, Room::and);
    }
  }

  long bytes() {
    return room.get().bytes;
  }

  /** What was added since the last call. */
  Room take() {
    return room.getAndSet(Room.NONE);
  }
}
