package io.coffer.storage.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Limits;
import io.coffer.storage.RowKey;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is memory's own: damage, the bound on its size, and the bound on what it remembers. */
class MemoryBoundsTest {
  private static final BlobId BLOB = new BlobId(1, 1);

  @Test
  void aDamagedBlockIsNeverGiven() {
    var storage = MemoryStorage.create();
    write(storage, BLOB, 200_000);
    storage.find(BLOB).damage(70_000);

    assertInstanceOf(Verdict.Damaged.class, storage.verify(BLOB));
    try (var reader = storage.read(BLOB, 0, 200_000)) {
      assertNotNull(reader.next());
      assertThrows(StorageException.Damaged.class, reader::next);
    }
    try (var reader = storage.read(BLOB, 131_072, 10)) {
      assertEquals(10, Objects.requireNonNull(reader.next()).remaining());
    }
    try (var reader = storage.read(BLOB, 131_071, 1)) {
      assertThrows(StorageException.Damaged.class, reader::next);
    }
  }

  @Test
  void aFullStorageTakesNothingMoreButReadsAndDeletes() {
    var storage = MemoryStorage.create(1_000);
    var path = Bytes.utf8("a");
    write(storage, BLOB, 600);
    storage.commit(batch().put(path, Bytes.wrap(new byte[299])).build());
    assertEquals(100, storage.usage().freeBytes());

    assertThrows(StorageException.Full.class, () -> write(storage, new BlobId(2, 2), 101));
    assertEquals(100, storage.usage().freeBytes());
    var large = batch().put(Bytes.utf8("b"), Bytes.wrap(new byte[100])).delete(Bytes.utf8("c"));
    assertThrows(StorageException.Full.class, () -> storage.commit(large.build()));
    assertThrows(
        StorageException.Full.class,
        () -> storage.commit(batch().announce(Bytes.wrap(new byte[101])).build()));
    assertEquals(Optional.empty(), storage.get(new RowKey(1, Bytes.utf8("b"))));
    assertEquals(299, storage.get(new RowKey(1, path)).orElseThrow().value().length());
    assertEquals(new Verdict.Sound(600), storage.verify(BLOB));

    storage.commit(batch().release(BLOB).delete(path).build());
    assertEquals(1_000, storage.usage().freeBytes());
    storage.commit(large.build());
    write(storage, new BlobId(3, 3), 899);
    assertEquals(0, storage.usage().freeBytes());
  }

  @Test
  void whatIsForgottenOfTheFeedIsRoomAgain() {
    var storage = MemoryStorage.create(100);
    storage.commit(batch().announce(Bytes.wrap(new byte[60])).build());
    assertEquals(40, storage.usage().freeBytes());
    storage.forget(Objects.requireNonNull(storage.changes(null, 10).next()));

    assertEquals(100, storage.usage().freeBytes());
  }

  @Test
  void aBlobTakesNoMoreThanItsBytes() {
    var storage = MemoryStorage.create();
    for (int length : new int[] {1, 1_025, 65_535, 65_537, 100_000}) {
      var blob = new BlobId(2, length);
      write(storage, blob, length);
      int last = (length - 1) / MemoryBlob.BLOCK_BYTES;
      var block = Objects.requireNonNull(storage.find(blob).block(last));

      assertEquals(length - last * MemoryBlob.BLOCK_BYTES, block.capacity());
    }
  }

  @Test
  void usageIsExact() {
    var storage = MemoryStorage.create();
    write(storage, BLOB, 5_000);
    storage.commit(batch().put(Bytes.utf8("ab"), Bytes.wrap(new byte[10])).build());
    assertEquals(5_000, storage.usage().blobBytes());
    assertEquals(12, storage.usage().rowBytes());
    assertEquals(Long.MAX_VALUE, storage.usage().freeBytes());

    storage.commit(batch().put(Bytes.utf8("ab"), Bytes.wrap(new byte[3])).release(BLOB).build());
    assertEquals(0, storage.usage().blobBytes());
    assertEquals(5, storage.usage().rowBytes());
  }

  @Test
  void exactlyTheLatestBatchesAreRemembered() {
    var applied = new AppliedBatches();
    for (int i = 0; i <= Limits.BATCHES_REMEMBERED; i++) {
      applied.add(new UUID(0, i));
    }

    assertEquals(false, applied.contains(new UUID(0, 0)));
    for (int i = 1; i <= Limits.BATCHES_REMEMBERED; i++) {
      assertEquals(true, applied.contains(new UUID(0, i)));
    }
  }

  private static Batch.Builder batch() {
    return Batch.in(1, UUID.randomUUID());
  }

  private static void write(MemoryStorage storage, BlobId blob, int length) {
    try (var writer = storage.write(blob, BlobHint.UNKNOWN)) {
      writer.write(ByteBuffer.allocate(length));
      writer.seal();
    }
  }
}
