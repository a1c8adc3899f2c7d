package io.coffer.storage.memory;

import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.Changes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Limits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The change feed: announcements by number, in the order of the commits; a cursor is the number of
 * the last one read. Locked as {@link Rows} are.
 */
final class Feed {
  private final TreeMap<Long, Bytes> announcements = new TreeMap<>();
  private final Room room;
  private long last;

  /**
   * @param room where bytes go that are forgotten; whoever appends took them from there
   */
  Feed(Room room) {
    this.room = room;
  }

  static long bytes(Batch batch) {
    return batch.announcements().stream().mapToLong(Bytes::length).sum();
  }

  void append(List<Bytes> added) {
    for (var announcement : added) {
      announcements.put(++last, announcement);
    }
  }

  Changes read(@Nullable Cursor after, int limit) {
    if (limit < 1 || limit > Limits.PAGE_ROWS) {
      throw new IllegalArgumentException("a page of " + limit + " announcements");
    }
    var page = new ArrayList<Bytes>();
    long bytes = 0;
    Long read = null;
    for (var entry : announcements.tailMap(after == null ? 0 : number(after), false).entrySet()) {
      bytes += entry.getValue().length();
      if (page.size() == limit || (bytes > Limits.PAGE_BYTES && !page.isEmpty())) {
        break;
      }
      page.add(entry.getValue());
      read = entry.getKey();
    }
    return new Changes(page, read == null ? after : cursor(read));
  }

  /** How many announcements there were to forget. */
  int forget(Cursor upTo) {
    var forgotten = announcements.headMap(number(upTo), true);
    int count = forgotten.size();
    room.give(forgotten.values().stream().mapToLong(Bytes::length).sum());
    forgotten.clear();
    return count;
  }

  void clear() {
    announcements.clear();
  }

  private static Cursor cursor(long number) {
    return new Cursor(Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array()));
  }

  private static long number(Cursor cursor) {
    if (cursor.position().length() != Long.BYTES) {
      throw new IllegalArgumentException("not a cursor of this feed: " + cursor.position());
    }
    return ByteBuffer.wrap(cursor.position().unsafeArray()).getLong();
  }
}
