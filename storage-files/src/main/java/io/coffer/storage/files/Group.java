package io.coffer.storage.files;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Durability;
import io.coffer.storage.Revision;
import io.coffer.storage.RowKey;
import io.coffer.storage.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Batches that are written together, with one sync at most. Each is checked against RocksDB and
 * against the batches that joined before it. The committer's thread alone.
 */
final class Group implements AutoCloseable {
  /** What a row takes on the disk, about. */
  private static final long ROW_BYTES = 256;

  private final RowStore store;
  private final Adopted adopted;
  private final Unadopted unadopted;
  private final Flusher flusher;
  private final WriteBatch writes = new WriteBatch();

  /** Revisions of rows that this group writes; empty: deleted. */
  private final Map<RowKey, Optional<Revision>> rows = new HashMap<>();

  /** Places of blobs that this group adopts; empty: released. */
  private final Map<BlobId, Optional<Place>> blobs = new HashMap<>();

  private final Set<BlobId> settled = new LinkedHashSet<>();
  private final List<BlobId> filesToDelete = new ArrayList<>();

  /** Adopted blobs whose files are not synced. */
  private final Set<BlobId> unsynced = new LinkedHashSet<>();

  private final List<BlobId> spared = new ArrayList<>();
  private final List<Debt> debts = new ArrayList<>();
  private boolean synced;
  private Freed.Room freedBlobs = Freed.Room.NONE;
  private Freed.Room freedRows = Freed.Room.NONE;
  private long revision;
  private long fileBytes;
  private boolean failed;

  Group(RowStore store, Adopted adopted, Unadopted unadopted, Flusher flusher, Counters counters) {
    this.store = store;
    this.adopted = adopted;
    this.unadopted = unadopted;
    this.flusher = flusher;
    revision = counters.revision();
    fileBytes = counters.fileBytes();
  }

  /**
   * Lets a batch join.
   *
   * @param discards whether it releases only what is not adopted
   * @throws StorageException.Refused an expectation does not hold
   * @throws StorageException.Failure it adopts what is not sealed
   */
  void join(Batch batch, boolean discards) throws RocksDBException {
    for (var expectation : batch.expectations().entrySet()) {
      check(new RowKey(batch.group(), expectation.getKey()), expectation.getValue());
    }
    var adoptions = new HashMap<BlobId, Unadopted.Blob>();
    for (var blob : batch.adopted()) {
      var offered = offered(blob);
      if (offered != null) {
        adoptions.put(blob, offered);
      }
    }
    var unsyncedFiles = new ArrayList<BlobId>();
    var releasedFiles = new ArrayList<BlobId>();
    failed = true; // until all of it is in: half a batch must not be written
    revision++;
    for (var write : batch.writes().entrySet()) {
      write(new RowKey(batch.group(), write.getKey()), write.getValue());
    }
    for (var adoption : adoptions.entrySet()) {
      adopt(adoption.getKey(), adoption.getValue());
      if (unsynced.contains(adoption.getKey())) {
        unsyncedFiles.add(adoption.getKey());
      }
    }
    for (var blob : batch.released()) {
      if (!(discards && place(blob) != null) && release(blob)) {
        releasedFiles.add(blob);
      }
    }
    int index = 0;
    for (var announcement : batch.announcements()) {
      writes.put(
          store.handle(Family.FEED),
          Keys.announcement(revision, index++),
          announcement.unsafeArray());
    }
    owe(batch.durability(), unsyncedFiles, releasedFiles);
    failed = false;
  }

  /** Notes what is to be done when the rows are written, or only when they are durable. */
  private void owe(Durability durability, List<BlobId> files, List<BlobId> released) {
    synced |= durability instanceof Durability.Sync;
    if (durability instanceof Durability.Sync && files.isEmpty()) {
      filesToDelete.addAll(released);
    } else {
      debts.add(Debt.of(durability, files, released));
    }
  }

  /** Whether a batch could not be taken whole, so that none of the group may be written. */
  boolean isBroken() {
    return failed;
  }

  /** Bytes to be written. */
  long bytes() {
    return writes.getDataSize();
  }

  /** The counters when it is written. */
  Counters counters() {
    return new Counters(revision, fileBytes);
  }

  /**
   * Writes all, durably if one of the batches wants that; nothing to write is no write.
   *
   * @return the counters from now on
   */
  Counters write() throws RocksDBException {
    var counters = counters();
    if (isEmpty()) {
      return counters;
    }
    writes.put(store.handle(Family.META), Counters.KEY, counters.encode());
    if (synced) {
      store.writeSynced(writes);
    } else {
      store.write(writes);
    }
    return counters;
  }

  /** Whether there is nothing to write. */
  boolean isEmpty() {
    return writes.count() == 0;
  }

  /** Whether one of the batches, and so all before it, has to be durable at once. */
  boolean isSynced() {
    return synced;
  }

  /** What follows when it is written. */
  Outcome outcome() {
    return new Outcome(settled, filesToDelete, spared, debts);
  }

  /** Room of released blobs among the rows. */
  Freed.Room freedBlobs() {
    return freedBlobs;
  }

  /** Room of deleted rows. */
  Freed.Room freedRows() {
    return freedRows;
  }

  @Override
  public void close() {
    writes.close();
  }

  private void check(RowKey key, Optional<Revision> expected) throws RocksDBException {
    var known = rows.get(key);
    var actual = known != null ? known : stored(key);
    if (!actual.equals(expected)) {
      throw new StorageException.Refused(
          expected.isEmpty() ? "a row is there" : "a row was written meanwhile");
    }
  }

  private Optional<Revision> stored(RowKey key) throws RocksDBException {
    var bytes = new byte[Keys.REVISION_BYTES];
    int size = store.getFirst(Family.ROWS, Keys.row(key.group(), key.path()), bytes);
    return size == RocksDB.NOT_FOUND
        ? Optional.empty()
        : Optional.of(new Revision(Keys.number(bytes)));
  }

  private void write(RowKey key, Optional<Bytes> value) throws RocksDBException {
    var stored = Keys.row(key.group(), key.path());
    if (value.isPresent()) {
      writes.put(store.handle(Family.ROWS), stored, Keys.value(revision, value.get()));
      rows.put(key, Optional.of(new Revision(revision)));
    } else {
      writes.delete(store.handle(Family.ROWS), stored);
      freedRows = freedRows.and(stored, ROW_BYTES);
      rows.put(key, Optional.empty());
    }
  }

  private @Nullable Place place(BlobId blob) throws RocksDBException {
    var known = blobs.get(blob);
    return known != null ? known.orElse(null) : adopted.place(blob, ReadTier.READ_ALL_TIER);
  }

  /** What is to be adopted; null when it is adopted already. */
  private Unadopted.@Nullable Blob offered(BlobId blob) throws RocksDBException {
    var known = blobs.get(blob);
    // Without a look at RocksDB in the usual case: what is sealed here is not adopted yet.
    var sealed = known == null ? unadopted.sealed(blob) : null;
    if (sealed == null && place(blob) == null) {
      throw new StorageException.Failure("the blob " + blob + " is not sealed", null);
    }
    return sealed;
  }

  private void adopt(BlobId blob, Unadopted.Blob sealed) throws RocksDBException {
    var key = Keys.blob(blob);
    var place =
        switch (sealed) {
          case Unadopted.InMemory(InlineBlob inline) -> {
            writes.put(store.handle(Family.INLINE), key, inline.stored());
            yield new Place(false, inline.length());
          }
          case Unadopted.InFile(long length, boolean fileSynced) -> {
            fileBytes += length;
            if (!fileSynced) {
              writes.put(store.handle(Family.META), Keys.unsynced(blob), new byte[0]);
              unsynced.add(blob);
            }
            yield new Place(true, length);
          }
          case Unadopted.Writing writing -> throw new IllegalStateException("not sealed");
        };
    writes.put(store.handle(Family.BLOBS), key, place.encode());
    blobs.put(blob, Optional.of(place));
    settled.add(blob);
  }

  /** True when a file may go, but only when this is durable. */
  private boolean release(BlobId blob) throws RocksDBException {
    var key = Keys.blob(blob);
    var place = place(blob);
    if (place != null) {
      writes.delete(store.handle(Family.BLOBS), key);
      if (!place.inFile()) {
        writes.delete(store.handle(Family.INLINE), key);
        freedBlobs = freedBlobs.and(key, place.length());
      }
      fileBytes -= place.inFile() ? place.length() : 0;
    }
    var offered = place == null && !blobs.containsKey(blob) ? unadopted.sealed(blob) : null;
    if (place == null && offered == null) {
      return false;
    }
    boolean inFile = place != null ? place.inFile() : offered instanceof Unadopted.InFile;
    if (inFile) {
      writes.put(store.handle(Family.RELEASED), key, new byte[0]);
    }
    if (inFile && place == null) {
      filesToDelete.add(blob); // no row ever referred to it
    }
    if (unsynced.remove(blob) || flusher.isUnsynced(blob)) {
      writes.delete(store.handle(Family.META), Keys.unsynced(blob));
      spared.add(blob);
    }
    blobs.put(blob, Optional.empty());
    settled.add(blob);
    return inFile && place != null;
  }
}
