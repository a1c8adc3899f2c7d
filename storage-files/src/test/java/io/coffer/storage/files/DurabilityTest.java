package io.coffer.storage.files;

import static io.coffer.storage.files.Given.batch;
import static io.coffer.storage.files.Given.becomesTrue;
import static io.coffer.storage.files.Given.blobFiles;
import static io.coffer.storage.files.Given.randomBytes;
import static io.coffer.storage.files.SyncCounts.Sync.DIRECTORY;
import static io.coffer.storage.files.SyncCounts.Sync.FILE;
import static io.coffer.storage.files.SyncCounts.Sync.ROWS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Durability;
import io.coffer.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.rocksdb.WriteBatch;

/** What is synced when, by the durability of a batch. */
class DurabilityTest {
  private static final int LARGE = 100_000;
  private static final Durability SLOW = new Durability.Group(Duration.ofSeconds(10));
  private static final Durability QUICK = new Durability.Group(Duration.ofMillis(20));
  private static final List<Durability> LATER = List.of(SLOW, Durability.RELAXED);

  @TempDir Path directory;
  private final SyncCounts syncs = new SyncCounts();

  @Test
  void syncSyncsTheFileThenItsEntryThenTheRows() {
    try (var storage = open(false)) {
      syncs.take();
      putLarge(storage, "first", Durability.SYNC);
      assertEquals(List.of(FILE, DIRECTORY, ROWS), syncs.takeKinds());

      putSmall(storage, "a", Durability.SYNC);
      assertEquals(List.of(ROWS), syncs.take());
      storage.settle();
      assertEquals(List.of(), syncs.take(), "there is nothing left to be synced");
    }
  }

  @Test
  void whatIsSyncedWakesNobodyElse() throws Exception {
    var wakes = new AtomicInteger();
    var real = World.real();
    LongSupplier watched =
        () -> {
          if (Thread.currentThread().getName().equals("coffer-flusher")) {
            wakes.incrementAndGet();
          }
          return System.nanoTime();
        };
    var world = new World(real.disk(), watched, real.random(), real.rows(), true);
    try (var storage = FilesStorage.open(directory, FilesSettings.defaults(), world)) {
      assertTrue(becomesTrue(() -> wakes.get() > 0), "it looks when it starts");
      int before = wakes.get();
      for (int i = 0; i < 50; i++) {
        putSmall(storage, "small " + i, Durability.SYNC);
      }
      assertEquals(before, wakes.get());
    }
  }

  @ParameterizedTest
  @FieldSource("LATER")
  void whatMayWaitIsAnsweredWithoutASyncAndThenShares(Durability durability) {
    try (var storage = open(false)) {
      syncs.take();
      for (int i = 0; i < 20; i++) {
        putSmall(storage, "small " + i, durability);
        putLarge(storage, "large " + i, durability);
      }
      assertEquals(List.of(), syncs.take());

      storage.settle();
      assertEquals(20, syncs.count(FILE));
      assertEquals(1, syncs.count(ROWS));
      assertEquals(List.of(FILE, DIRECTORY, ROWS), syncs.takeKinds());
      storage.settle();
      assertEquals(List.of(), syncs.take());
    }
  }

  @Test
  void groupIsSyncedInTime() throws Exception {
    try (var storage = open(true)) {
      syncs.take();
      for (int i = 0; i < 20; i++) {
        putLarge(storage, "large " + i, QUICK);
      }
      assertTrue(becomesTrue(() -> syncs.count(FILE) == 20 && syncs.last() == ROWS));
      syncs.take();

      putSmall(storage, "small", QUICK);
      assertTrue(becomesTrue(() -> syncs.count(ROWS) == 1));
      putSmall(storage, "small", Durability.RELAXED);
      putSmall(storage, "small", QUICK);
      assertTrue(becomesTrue(() -> syncs.count(ROWS) == 2));
    }
  }

  @ParameterizedTest
  @FieldSource("LATER")
  void aSyncAfterwardsSyncsTheRowsOfAllButNotTheirFiles(Durability durability) {
    try (var storage = open(false)) {
      syncs.take();
      putLarge(storage, "large", durability);
      putSmall(storage, "small", durability);
      putSmall(storage, "synced", Durability.SYNC);
      assertEquals(List.of(ROWS), syncs.take());

      storage.settle();
      assertEquals(List.of(FILE, DIRECTORY), syncs.takeKinds(), "the rows are durable already");
    }
  }

  @ParameterizedTest
  @FieldSource("LATER")
  void aSyncBatchSyncsTheFilesThatItAdoptsHoweverTheyWereWritten(Durability durability) {
    try (var storage = open(false)) {
      syncs.take();
      var sealed = sealed(storage, durability);
      assertEquals(List.of(), syncs.take());
      storage.commit(batch().adopt(sealed).build());
      assertEquals(List.of(FILE, DIRECTORY, ROWS), syncs.takeKinds());

      var adopted = putLarge(storage, "a", durability);
      assertEquals(List.of(), syncs.take());
      storage.commit(batch().adopt(adopted).build());
      assertEquals(List.of(FILE, DIRECTORY, ROWS), syncs.takeKinds());
    }
  }

  @Test
  void aSyncBatchThatWritesNothingIsAnsweredWhenEarlierRowsAreDurable() throws Exception {
    try (var storage = open(false)) {
      var small = Given.sealed(storage, randomBytes(100));
      storage.commit(batch().adopt(small).durability(Durability.RELAXED).build());
      putLarge(storage, "a", Durability.RELAXED);
      syncs.take();
      var goesOn = new CountDownLatch(1);
      syncs.hold(goesOn);
      var flushing = Thread.ofPlatform().start(storage::settle);
      assertTrue(becomesTrue(syncs::isHolding));
      storage.commit(batch().adopt(small).build());
      assertEquals(List.of(ROWS), syncs.take());
      goesOn.countDown();
      flushing.join();
    }
  }

  @Test
  void whatWasSealedWithASyncIsNotSyncedAgain() {
    try (var storage = open(false)) {
      var sealed = sealed(storage, Durability.SYNC);
      syncs.take();
      storage.commit(batch().adopt(sealed).durability(Durability.RELAXED).build());
      storage.settle();
      assertEquals(List.of(ROWS), syncs.take());
    }
  }

  @ParameterizedTest
  @FieldSource("LATER")
  void aReplacedFileStaysUntilWhatReplacedItIsDurable(Durability durability) throws Exception {
    try (var storage = open(true)) {
      var old = putLarge(storage, "a", Durability.SYNC);
      var other = putLarge(storage, "b", Durability.SYNC);
      var fresh = sealed(storage, durability);
      storage.commit(
          batch()
              .put(Bytes.utf8("a"), Bytes.utf8(fresh.toString()))
              .adopt(fresh)
              .release(old)
              .durability(durability)
              .build());
      storage.commit(batch().delete(Bytes.utf8("b")).release(other).build());
      assertTrue(becomesTrue(() -> !Files.exists(file(other))));
      assertTrue(Files.exists(file(old)), "released by a batch that is not durable");
      assertThrows(StorageException.NoSuchBlob.class, () -> storage.read(old, 0, 1));

      storage.settle();
      assertEquals(List.of(file(fresh)), blobFiles(directory));
    }
  }

  @ParameterizedTest
  @FieldSource("LATER")
  void whatIsDeletedBeforeItWasSyncedIsNeverSynced(Durability durability) throws Exception {
    try (var storage = open(false)) {
      syncs.take();
      var blob = putLarge(storage, "a", durability);
      storage.commit(batch().delete(Bytes.utf8("a")).release(blob).durability(durability).build());
      storage.settle();
      assertEquals(List.of(ROWS), syncs.take());
      assertEquals(List.of(), blobFiles(directory));
    }
  }

  @ParameterizedTest
  @FieldSource("LATER")
  void closingMakesAllDurable(Durability durability) {
    try (var storage = open(true)) {
      syncs.take();
      putLarge(storage, "a", durability);
      assertEquals(List.of(), syncs.take());
    }
    assertEquals(List.of(FILE, DIRECTORY, ROWS), syncs.takeKinds());
    open(true).close();
    assertEquals(0, syncs.count(FILE));
  }

  @Test
  void whatAKilledProcessDidNotSyncIsSyncedBeforeAnybodyIsServed() throws Exception {
    BlobId blob;
    try (var storage = open(false)) {
      blob = putLarge(storage, "a", Durability.RELAXED);
    }
    try (var store =
            RowStore.open(directory.resolve("rows"), FilesSettings.defaults(), RowsWatcher.NONE);
        var batch = new WriteBatch()) {
      batch.put(store.handle(Family.META), Keys.unsynced(blob), new byte[0]);
      batch.put(store.handle(Family.META), Keys.unsynced(Given.newBlobId()), new byte[0]);
      store.writeSynced(batch);
    }
    syncs.take();
    try (var storage = open(true)) {
      assertTrue(syncs.count(FILE) == 1, "the other is gone");
      assertArrayEquals(randomBytes(LARGE), Given.read(storage, blob, 0, LARGE));
    }
    syncs.take();
    open(true).close();
    assertEquals(0, syncs.count(FILE));
  }

  @ParameterizedTest
  @EnumSource(SyncCounts.Sync.class)
  void whenWhatWasAnsweredCannotBeSyncedNothingMoreIsTaken(SyncCounts.Sync kind) throws Exception {
    var storage = open(true);
    try {
      var old = putLarge(storage, "a", Durability.SYNC);
      var fresh = sealed(storage, QUICK);
      syncs.fail(kind);
      storage.commit(
          batch()
              .put(Bytes.utf8("a"), Bytes.utf8(fresh.toString()))
              .adopt(fresh)
              .release(old)
              .durability(QUICK)
              .build());
      assertTrue(becomesTrue(() -> storage.health() instanceof Health.ReadOnly));
      var reason = assertInstanceOf(Health.ReadOnly.class, storage.health()).reason();
      assertTrue(reason.contains("the disk is ill"), reason);
      assertThrows(
          StorageException.Failure.class, () -> putSmall(storage, "b", Durability.RELAXED));
      assertArrayEquals(randomBytes(LARGE), Given.read(storage, fresh, 0, LARGE));
      assertTrue(Files.exists(file(old)), "the file of what could not be replaced");
    } finally {
      storage.close();
    }
  }

  private FilesStorage open(boolean threads) {
    return FilesStorage.open(directory, FilesSettings.defaults(), syncs.world(threads));
  }

  private static void putSmall(FilesStorage storage, String path, Durability durability) {
    storage.commit(batch().put(Bytes.utf8(path), Bytes.utf8("1")).durability(durability).build());
  }

  private static BlobId putLarge(FilesStorage storage, String path, Durability durability) {
    var blob = sealed(storage, durability);
    storage.commit(
        batch()
            .put(Bytes.utf8(path), Bytes.utf8(blob.toString()))
            .adopt(blob)
            .durability(durability)
            .build());
    return blob;
  }

  private static BlobId sealed(FilesStorage storage, Durability durability) {
    var blob = Given.newBlobId();
    try (var writer = storage.write(blob, new BlobHint(LARGE, durability))) {
      writer.write(ByteBuffer.wrap(randomBytes(LARGE)));
      writer.seal();
    }
    return blob;
  }

  private Path file(BlobId blob) {
    return new BlobFiles(new io.coffer.storage.files.disk.RealDisk(), directory.resolve("blobs"))
        .path(blob);
  }
}
