package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;

/** Blobs that a batch adopted, as RocksDB knows them. Thread-safe. */
final class Adopted {
  private final RowStore store;

  Adopted(RowStore store) {
    this.store = store;
  }

  @Nullable Place place(BlobId blob, ReadTier tier) throws RocksDBException {
    var stored = store.get(Family.BLOBS, Keys.blob(blob), tier);
    return stored == null ? null : Place.decode(stored);
  }

  /** The blob when it lives among the rows, else null. */
  @Nullable InlineBlob inline(BlobId blob, ReadTier tier) throws RocksDBException {
    var stored = store.get(Family.INLINE, Keys.blob(blob), tier);
    return stored == null ? null : new InlineBlob(blob, stored);
  }

  /** Ids in order, after an id. */
  List<BlobId> after(@Nullable BlobId after, int limit, ReadTier tier) throws RocksDBException {
    return ids(Family.BLOBS, after, limit, tier);
  }

  /**
   * Whether the blob is adopted, or was and its file is still to be deleted. In this order: one
   * that is released meanwhile leaves the first after it is in the second.
   */
  boolean knows(BlobId blob) throws RocksDBException {
    return place(blob, ReadTier.READ_ALL_TIER) != null
        || store.get(Family.RELEASED, Keys.blob(blob), ReadTier.READ_ALL_TIER) != null;
  }

  /** Released blobs whose files are still to be deleted, in order, after an id. */
  List<BlobId> released(@Nullable BlobId after, int limit) throws RocksDBException {
    return ids(Family.RELEASED, after, limit, ReadTier.READ_ALL_TIER);
  }

  /** Adopted blobs whose files an earlier process did not sync. */
  List<BlobId> unsynced() throws RocksDBException {
    var ids = new ArrayList<BlobId>();
    var first = Keys.unsynced(new BlobId(0, 0));
    var last = Keys.unsynced(new BlobId(-1, -1));
    try (var keys = store.range(Family.META, first, Keys.next(last), ReadTier.READ_ALL_TIER)) {
      for (boolean found = keys.first(); found; found = keys.next()) {
        ids.add(Keys.unsynced(keys.key()));
      }
    }
    return ids;
  }

  private List<BlobId> ids(Family family, @Nullable BlobId after, int limit, ReadTier tier)
      throws RocksDBException {
    var ids = new ArrayList<BlobId>();
    var from = after == null ? new byte[0] : Keys.next(Keys.blob(after));
    try (var keys = store.range(family, from, null, tier)) {
      for (boolean found = keys.first(); found && ids.size() < limit; found = keys.next()) {
        ids.add(Keys.blob(keys.key()));
      }
    }
    return ids;
  }
}
