package io.coffer.storage.files;

import io.coffer.storage.Bytes;
import io.coffer.storage.Changes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The change feed: announcements in the order of the one committer, in one shard. What was
 * forgotten is deleted as a range and remembered as a position, so that reading from the beginning
 * does not walk over what is gone. Thread-safe.
 */
final class Feed {
  private static final byte[] FORGOTTEN = Keys.text("forgotten");

  private final RowStore store;
  private final ReentrantLock forgetting = new ReentrantLock();

  /** The first key that is not forgotten. */
  private volatile byte[] beginning;

  Feed(RowStore store) throws RocksDBException {
    this.store = store;
    var forgotten = store.get(Family.META, FORGOTTEN, ReadTier.READ_ALL_TIER);
    beginning = forgotten == null ? new byte[] {0} : forgotten;
  }

  Changes changes(@Nullable Cursor after, int limit, ReadTier tier) throws RocksDBException {
    var from = beginning;
    if (after != null) {
      var next = Keys.next(position(after));
      from = Arrays.compareUnsigned(next, from) > 0 ? next : from;
    }
    var announcements = new ArrayList<Bytes>();
    var last = after;
    long bytes = 0;
    try (var keys = store.range(Family.FEED, from, null, tier)) {
      boolean found = keys.first();
      while (found && announcements.size() < limit) {
        var announcement = Bytes.wrap(keys.value());
        bytes += announcement.length();
        if (bytes > Limits.PAGE_BYTES && !announcements.isEmpty()) {
          break;
        }
        announcements.add(announcement);
        last = new Cursor(Bytes.wrap(keys.key()));
        found = keys.next();
      }
    }
    return new Changes(announcements, last);
  }

  /** Writes: on a platform thread only. */
  void forget(Cursor upTo) throws RocksDBException {
    var end = Keys.next(position(upTo));
    forgetting.lock();
    try (var batch = new WriteBatch()) {
      if (Arrays.compareUnsigned(end, beginning) > 0) {
        batch.deleteRange(store.handle(Family.FEED), beginning, end);
        batch.put(store.handle(Family.META), FORGOTTEN, end);
        store.writeSynced(batch);
        beginning = end;
      }
    } finally {
      forgetting.unlock();
    }
  }

  private static byte[] position(Cursor cursor) {
    var position = cursor.position().toArray();
    if (position.length != Keys.ANNOUNCEMENT_BYTES) {
      throw new IllegalArgumentException("not a cursor of this feed: " + cursor.position());
    }
    return position;
  }
}
