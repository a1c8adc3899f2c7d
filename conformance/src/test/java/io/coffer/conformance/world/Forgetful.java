package io.coffer.conformance.world;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.BlobWriter;
import io.coffer.storage.Bytes;
import io.coffer.storage.Changes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Order;
import io.coffer.storage.Page;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.Usage;
import io.coffer.storage.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A broken storage, to prove that tests can fail: batches that only delete do not. */
record Forgetful(Storage storage) implements Storage {
  @Override
  public void commit(Batch batch) {
    var writes = new LinkedHashMap<Bytes, Optional<Bytes>>(batch.writes());
    boolean forgets = writes.values().stream().noneMatch(Optional::isPresent);
    if (forgets) {
      writes.clear();
    }
    storage.commit(
        new Batch(
            batch.id(),
            batch.group(),
            writes,
            batch.expectations(),
            batch.adopted(),
            forgets ? List.of() : batch.released(),
            batch.announcements()));
  }

  @Override
  public Optional<Row> get(RowKey key) {
    return storage.get(key);
  }

  @Override
  public Page scan(RowRange range, Order order, int limit) {
    return storage.scan(range, order, limit);
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
  public BlobReader read(BlobId blob, long offset, long length) {
    return storage.read(blob, offset, length);
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
  public Verdict verify(BlobId blob) {
    return storage.verify(blob);
  }

  @Override
  public Usage usage() {
    return storage.usage();
  }

  @Override
  public void close() {
    storage.close();
  }
}
