package io.coffer.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.Bytes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Limits;
import io.coffer.storage.Order;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The storage under test, and words to speak about it. */
interface Fixture {
  /** Where rows go when a test does not care. */
  long GROUP = 7;

  Storage storage();

  /** Closes the storage and opens it again on what it left, where a backend can. */
  Storage reopened();

  /** Whether the storage may refuse a batch whose expectations hold. */
  default boolean refusesSpuriously() {
    return false;
  }

  static Bytes path(String text) {
    return Bytes.utf8(text);
  }

  static RowKey key(String path) {
    return new RowKey(GROUP, path(path));
  }

  static Batch.Builder batch() {
    return Batch.in(GROUP, UUID.randomUUID());
  }

  static RowRange everything() {
    return new RowRange(GROUP, Bytes.empty(), null);
  }

  static BlobId newBlobId() {
    return new BlobId(
        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
        ThreadLocalRandom.current().nextLong());
  }

  static byte[] randomBytes(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** Commits as a caller does: again when refused spuriously or when the outcome is unknown. */
  default void commit(Batch batch) {
    for (int attempt = 1; ; attempt++) {
      try {
        storage().commit(batch);
        return;
      } catch (StorageException.Refused | StorageException.OutcomeUnknown e) {
        if (attempt == 100) {
          throw e;
        }
      }
    }
  }

  default void commit(Batch.Builder batch) {
    commit(batch.build());
  }

  /** Commits once the outcome is known; throws when the batch was refused. */
  default void commitOrRefuse(Batch batch) {
    for (int attempt = 1; ; attempt++) {
      try {
        storage().commit(batch);
        return;
      } catch (StorageException.OutcomeUnknown e) {
        if (attempt == 100) {
          throw e;
        }
      }
    }
  }

  default void assertRefused(Batch.Builder batch) {
    assertThrows(StorageException.Refused.class, () -> commitOrRefuse(batch.build()));
  }

  default void put(String path, String value) {
    commit(batch().put(path(path), Bytes.utf8(value)));
  }

  default void delete(String path) {
    commit(batch().delete(path(path)));
  }

  /** Writes the same value to many rows, in as many batches as the limits ask for. */
  default void putAll(long group, List<Bytes> paths, Bytes value) {
    int bytes = value.length() + paths.stream().mapToInt(Bytes::length).max().orElse(0);
    int rows = Math.min(Limits.BATCH_ROWS, Limits.BATCH_BYTES / bytes);
    for (int i = 0; i < paths.size(); i += rows) {
      var batch = Batch.in(group, UUID.randomUUID());
      paths.subList(i, Math.min(i + rows, paths.size())).forEach(path -> batch.put(path, value));
      commit(batch);
    }
  }

  default Row row(String path) {
    return storage().get(key(path)).orElseThrow();
  }

  default Optional<String> value(String path) {
    return storage().get(key(path)).map(row -> new String(row.value().toArray(), UTF_8));
  }

  /** Paths of all rows of a range, page by page. */
  default List<Bytes> paths(RowRange range, Order order, int limit) {
    var paths = new ArrayList<Bytes>();
    while (true) {
      var page = storage().scan(range, order, limit);
      for (var row : page.rows()) {
        int step =
            paths.isEmpty() ? 0 : Integer.signum(row.key().path().compareTo(paths.getLast()));
        assertTrue(
            paths.isEmpty() || step == (order == Order.ASCENDING ? 1 : -1),
            "rows out of order, or twice");
        paths.add(row.key().path());
      }
      if (!page.more()) {
        return paths;
      }
      var last = page.rows().getLast().key();
      range =
          order == Order.ASCENDING
              ? range.after(last)
              : new RowRange(range.group(), range.from(), last.path());
    }
  }

  /** What the feed tells after a cursor until it has no more, each once, as text. */
  default List<String> announcements(@Nullable Cursor after, int limit) {
    var seen = new LinkedHashSet<String>();
    var changes = storage().changes(after, limit);
    while (!changes.announcements().isEmpty()) {
      changes.announcements().forEach(a -> seen.add(new String(a.toArray(), UTF_8)));
      var next = changes.next();
      changes = storage().changes(next, limit);
      assertTrue(
          changes.announcements().isEmpty() || !Objects.equals(next, changes.next()),
          "a cursor that leads nowhere");
    }
    return List.copyOf(seen);
  }

  /** A new blob, sealed and adopted by no batch. */
  default BlobId sealed(byte[] bytes) {
    var blob = newBlobId();
    seal(blob, bytes);
    return blob;
  }

  default void seal(BlobId blob, byte[] bytes) {
    try (var writer = storage().write(blob, new BlobHint(bytes.length))) {
      writer.write(ByteBuffer.wrap(bytes));
      writer.seal();
    }
  }

  default byte[] bytes(BlobId blob, long offset, long length) {
    try (var reader = storage().read(blob, offset, length)) {
      return rest(reader);
    }
  }

  /** What a reader still has to give. */
  static byte[] rest(BlobReader reader) {
    var bytes = new ByteArrayOutputStream();
    for (var next = reader.next(); next != null; next = reader.next()) {
      if (!next.hasRemaining()) {
        throw new AssertionError("a reader gave no byte, and not the end");
      }
      var part = new byte[next.remaining()];
      next.get(part);
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
