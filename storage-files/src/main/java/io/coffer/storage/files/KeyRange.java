package io.coffer.storage.files;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A walk over keys of one family in one snapshot. One thread; to be closed soon. */
final class KeyRange implements AutoCloseable {
  /** Deleted keys that a walk may step over before it counts as work for a platform thread. */
  private static final int SKIPPED_INLINE = 5_000;

  private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();
  private final RocksIterator iterator;

  KeyRange(
      RocksDB database,
      ColumnFamilyHandle family,
      byte[] from,
      byte @Nullable [] to,
      ReadTier tier) {
    var options = own(new ReadOptions()).setReadTier(tier);
    options.setIterateLowerBound(own(new Slice(from)));
    if (to != null) {
      options.setIterateUpperBound(own(new Slice(to)));
    }
    if (tier == ReadTier.BLOCK_CACHE_TIER) {
      options.setMaxSkippableInternalKeys(SKIPPED_INLINE);
    }
    iterator = own(database.newIterator(family, options));
  }

  /** To the first key; whether there is one. */
  boolean first() throws RocksDBException {
    iterator.seekToFirst();
    return check();
  }

  /** To the last key; whether there is one. */
  boolean last() throws RocksDBException {
    iterator.seekToLast();
    return check();
  }

  /** To the next key; whether there is one. */
  boolean next() throws RocksDBException {
    iterator.next();
    return check();
  }

  /** To the first key that is not smaller than this one; whether there is one. */
  boolean seek(byte[] key) throws RocksDBException {
    iterator.seek(key);
    return check();
  }

  /** To the key before; whether there is one. */
  boolean previous() throws RocksDBException {
    iterator.prev();
    return check();
  }

  byte[] key() {
    return iterator.key();
  }

  byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().close();
    }
  }

  private boolean check() throws RocksDBException {
    if (iterator.isValid()) {
      return true;
    }
    iterator.status();
    return false;
  }

  private <T extends AbstractNativeReference> T own(T object) {
    owned.push(object);
    return object;
  }
}
