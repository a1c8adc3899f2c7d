package io.coffer.service;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.BlobWriter;
import io.coffer.storage.Bytes;
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
import io.coffer.storage.memory.MemoryStorage;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A storage in memory, of which a test damages what it wants. */
final class DamagedStorage implements Storage {
  private static final int BLOCK_BYTES = 64 << 10;

  private final Storage storage = MemoryStorage.create();
  private final Map<BlobId, Set<Long>> damagedBlocks = new ConcurrentHashMap<>();
  private final Set<BlobId> lost = ConcurrentHashMap.newKeySet();
  private volatile Predicate<RowKey> isUnreadable = key -> false;

  /** The block with this byte can no longer be read. */
  void damage(BlobId blob, long offset) {
    damagedBlocks
        .computeIfAbsent(blob, missing -> ConcurrentHashMap.newKeySet())
        .add(offset / BLOCK_BYTES);
  }

  void mend(BlobId blob) {
    damagedBlocks.remove(blob);
  }

  void lose(BlobId blob) {
    lost.add(blob);
  }

  /** Pages with such a row, and the row itself, cannot be read. */
  void makeUnreadable(Predicate<RowKey> which) {
    isUnreadable = which;
  }

  @Override
  public Optional<Row> get(RowKey key) {
    check(key);
    return storage.get(key);
  }

  @Override
  public Page scan(RowRange range, Order order, int limit) {
    var page = storage.scan(range, order, limit);
    page.rows().forEach(row -> check(row.key()));
    return page;
  }

  private void check(RowKey key) {
    if (isUnreadable.test(key)) {
      throw new StorageException.Failure("rows cannot be read: a block does not match", null);
    }
  }

  @Override
  public Verdict verify(BlobId blob, LongConsumer progress) {
    if (lost.contains(blob)) {
      return new Verdict.Missing();
    }
    var blocks = damagedBlocks.get(blob);
    return blocks == null
        ? storage.verify(blob, progress)
        : new Verdict.Damaged("blob " + blob + ": blocks " + blocks);
  }

  @Override
  public BlobReader read(BlobId blob, long offset, long length) {
    if (lost.contains(blob)) {
      throw new StorageException.NoSuchBlob(blob);
    }
    var reader = storage.read(blob, offset, length);
    var blocks = damagedBlocks.getOrDefault(blob, Set.of());
    return new BlobReader() {
      private long position = offset;

      @Override
      public @Nullable ByteBuffer next() {
        var bytes = reader.next();
        if (bytes == null) {
          return null;
        }
        for (long at = position; at < position + bytes.remaining(); at++) {
          if (blocks.contains(at / BLOCK_BYTES)) {
            throw new StorageException.Damaged("blob " + blob + ": byte " + at + " is damaged");
          }
        }
        position += bytes.remaining();
        return bytes;
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  @Override
  public void commit(Batch batch) {
    storage.commit(batch);
  }

  @Override
  public Changes changes(@Nullable Cursor after, int limit) {
    return storage.changes(after, limit);
  }

  @Override
  public void forget(Cursor upTo) {
    storage.forget(upTo);
  }

  @Override
  public BlobWriter write(BlobId blob, BlobHint hint) {
    return storage.write(blob, hint);
  }

  @Override
  public Stream<BlobId> blobs(@Nullable BlobId after) {
    return storage.blobs(after);
  }

  @Override
  public void discard(BlobId blob) {
    storage.discard(blob);
  }

  @Override
  public Inspection inspect(@Nullable Cursor after) {
    return storage.inspect(after);
  }

  @Override
  public Usage usage() {
    return storage.usage();
  }

  @Override
  public void close() {
    storage.close();
  }

  /** The path of a row, in words of the tests. */
  static Predicate<RowKey> startingWith(String prefix) {
    return key -> key.group() >= Paths.FIRST_BUCKET && key.path().startsWith(Bytes.utf8(prefix));
  }
}
