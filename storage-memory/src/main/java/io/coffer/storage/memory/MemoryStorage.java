package io.coffer.storage.memory;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.BlobWriter;
import io.coffer.storage.Changes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Inspection;
import io.coffer.storage.Order;
import io.coffer.storage.Page;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import io.coffer.storage.Usage;
import io.coffer.storage.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows and blobs in memory: the executable specification of {@link Storage}, and the backend of
 * tests. Rows, the feed and the batches that were applied change under one lock, held for the
 * microseconds of one batch or one page; the bytes of blobs pass without it. It has no thread of
 * its own, never refuses spuriously, and answers every commit.
 */
public final class MemoryStorage implements Storage {
  private final Room room;
  private final Lock reading;
  private final Lock writing;
  private final Rows rows;
  private final Feed feed;
  private final AppliedBatches applied = new AppliedBatches();
  private final ConcurrentSkipListMap<BlobId, MemoryBlob> blobs = new ConcurrentSkipListMap<>();
  private final LongAdder blobBytes = new LongAdder();
  private volatile boolean closed;

  private MemoryStorage(long capacityBytes) {
    var lock = new ReentrantReadWriteLock();
    reading = lock.readLock();
    writing = lock.writeLock();
    room = new Room(capacityBytes);
    rows = new Rows();
    feed = new Feed(room);
  }

  /** An empty storage that takes what the heap can hold. */
  public static MemoryStorage create() {
    return new MemoryStorage(Long.MAX_VALUE);
  }

  /**
   * An empty storage that is full at a size.
   *
   * @param capacityBytes bytes of rows, announcements and blobs together; overhead is not counted
   */
  public static MemoryStorage create(long capacityBytes) {
    if (capacityBytes < 0) {
      throw new IllegalArgumentException("a capacity of " + capacityBytes + " bytes");
    }
    return new MemoryStorage(capacityBytes);
  }

  @Override
  public Optional<Row> get(RowKey key) {
    Objects.requireNonNull(key);
    return locked(reading, () -> rows.get(key));
  }

  @Override
  public Page scan(RowRange range, Order order, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of " + limit + " rows");
    }
    return locked(reading, () -> rows.scan(range, order, limit));
  }

  @Override
  public void commit(Batch batch) {
    locked(writing, () -> apply(batch));
  }

  private boolean apply(Batch batch) {
    if (applied.contains(batch.id())) {
      return false;
    }
    rows.check(batch);
    for (var blob : batch.adopted()) {
      if (!blobs.containsKey(blob)) {
        throw new StorageException.Failure("cannot adopt " + blob + ": it is not sealed", null);
      }
    }
    room.take(rows.growth(batch) + Feed.bytes(batch));
    rows.apply(batch);
    feed.append(batch.announcements());
    batch.released().forEach(this::remove);
    applied.add(batch.id());
    return true;
  }

  @Override
  public Changes changes(@Nullable Cursor after, int limit) {
    return locked(reading, () -> feed.read(after, limit));
  }

  @Override
  public void forget(Cursor upTo) {
    Objects.requireNonNull(upTo);
    locked(writing, () -> feed.forget(upTo));
  }

  @Override
  public BlobWriter write(BlobId blob, BlobHint hint) {
    checkOpen();
    if (blobs.containsKey(blob)) {
      throw idIsTaken(blob);
    }
    return new MemoryBlobWriter(room, hint, bytes -> add(blob, bytes));
  }

  private void add(BlobId id, MemoryBlob blob) {
    checkOpen();
    if (blobs.putIfAbsent(id, blob) != null) {
      throw idIsTaken(id);
    }
    blobBytes.add(blob.length());
  }

  private static StorageException idIsTaken(BlobId blob) {
    return new StorageException.Failure("there is a blob " + blob + " already", null);
  }

  @Override
  public BlobReader read(BlobId blob, long offset, long length) {
    return new MemoryBlobReader(blob, find(blob), offset, length);
  }

  @Override
  public Stream<BlobId> blobs(@Nullable BlobId after) {
    checkOpen();
    var ids = blobs.navigableKeySet();
    return (after == null ? ids : ids.tailSet(after, false)).stream();
  }

  @Override
  public void discard(BlobId blob) {
    checkOpen();
    remove(blob);
  }

  @Override
  public Verdict verify(BlobId blob, LongConsumer progress) {
    checkOpen();
    var found = blobs.get(blob);
    return found == null ? new Verdict.Missing() : found.verify(progress);
  }

  /** Rows in memory have no files. */
  @Override
  public Inspection inspect(@Nullable Cursor after) {
    checkOpen();
    return new Inspection(List.of(), 0, null);
  }

  @Override
  public Usage usage() {
    checkOpen();
    long ofBlobs = Math.max(0, blobBytes.sum());
    return new Usage(Math.max(0, room.used() - ofBlobs), ofBlobs, room.free());
  }

  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      rows.clear();
      feed.clear();
      blobs.clear();
    } finally {
      writing.unlock();
    }
  }

  /** The blob itself: a test damages it. */
  MemoryBlob find(BlobId blob) {
    checkOpen();
    var found = blobs.get(blob);
    if (found == null) {
      throw new StorageException.NoSuchBlob(blob);
    }
    return found;
  }

  private void remove(BlobId blob) {
    var removed = blobs.remove(blob);
    if (removed != null) {
      room.give(removed.length());
      blobBytes.add(-removed.length());
    }
  }

  private <T> T locked(Lock lock, Supplier<T> action) {
    lock.lock();
    try {
      checkOpen();
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new StorageException.Failure("the storage is closed", null);
    }
  }
}
