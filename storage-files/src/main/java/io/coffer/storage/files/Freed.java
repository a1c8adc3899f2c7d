package io.coffer.storage.files;

import io.coffer.storage.Bytes;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Room of what was deleted among the rows, which RocksDB gives back only when it is told to.
 * Thread-safe.
 */
final class Freed {
  /** Of the families of which much is deleted. */
  record Both(Freed blobs, Freed rows) {}

  /**
   * How much, and where, of one family.
   *
   * @param bytes about
   * @param first the smallest of the keys
   * @param last the largest
   */
  record Room(long bytes, Bytes first, Bytes last) {
    static final Room NONE = new Room(0, Bytes.empty(), Bytes.empty());

    Room and(Room other) {
      if (bytes == 0 || other.bytes == 0) {
        return bytes == 0 ? other : this;
      }
      return new Room(
          bytes + other.bytes,
          first.compareTo(other.first) < 0 ? first : other.first,
          last.compareTo(other.last) > 0 ? last : other.last);
    }

    Room and(byte[] key, long moreBytes) {
      return and(new Room(moreBytes, Bytes.wrap(key), Bytes.wrap(key)));
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
