package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.disk.RealDisk;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * RocksDB cannot write rows: for lack of room, which passes, or for another reason, which stays.
 */
class SetbackTest {
  private static final Status NO_SPACE =
      new Status(Status.Code.IOError, Status.SubCode.NoSpace, "No space left on device");

  @TempDir Path directory;

  private volatile Optional<RocksDBException> before = Optional.empty();
  private volatile Optional<RocksDBException> after = Optional.empty();

  private final RowsWatcher watcher =
      new RowsWatcher() {
        @Override
        public void before(Path rows, boolean synced) throws RocksDBException {
          if (before.isPresent()) {
            throw before.get();
          }
        }

        @Override
        public void after(Path rows, boolean synced) throws RocksDBException {
          if (after.isPresent()) {
            throw after.get();
          }
        }
      };

  @Test
  void anErrorOfTheDiskMakesTheStorageReadOnlyUntilTheNextStart() {
    var batch = batch("in doubt");
    try (var storage = open()) {
      Given.put(storage, "a", "1");
      before = Optional.of(new RocksDBException("Input/output error"));
      assertThrows(StorageException.OutcomeUnknown.class, () -> storage.commit(batch));
      before = Optional.empty();

      assertThrows(StorageException.Failure.class, () -> storage.commit(batch("another")));
      assertThrows(StorageException.OutcomeUnknown.class, () -> storage.commit(batch));
      var health = assertInstanceOf(Health.ReadOnly.class, storage.health());
      assertTrue(health.reason().contains("Input/output error"), health.reason());
      assertTrue(Given.row(storage, "a").isPresent());
      assertEquals(1, Given.rows(storage).size());
    }
    try (var storage = open()) {
      assertInstanceOf(Health.Sound.class, storage.health());
      storage.commit(batch);
      assertEquals(2, Given.rows(storage).size());
    }
  }

  @Test
  void aFullDiskPassesAndABatchThatWasNotWrittenIsWrittenWhenItComesAgain() {
    var batch = batch("in doubt");
    try (var storage = open()) {
      before = Optional.of(new RocksDBException(NO_SPACE));
      assertThrows(StorageException.OutcomeUnknown.class, () -> storage.commit(batch));
      assertInstanceOf(Health.NoRoom.class, storage.health());
      assertThrows(StorageException.Full.class, () -> storage.commit(batch("another")));
      assertThrows(StorageException.Full.class, () -> Given.sealed(storage, Given.randomBytes(10)));
      assertFalse(Given.row(storage, "in doubt").isPresent());

      before = Optional.empty();
      storage.commit(batch);
      assertInstanceOf(Health.Sound.class, storage.health());
      assertTrue(Given.row(storage, "in doubt").isPresent());
      Given.put(storage, "another", "1");
      storage.commit(batch);
      assertEquals(2, Given.rows(storage).size());
    }
  }

  @Test
  void aBatchThatWasWrittenThoughNobodyKnewIsNotWrittenAgain() {
    var batch = batch("in doubt");
    try (var storage = open()) {
      after = Optional.of(new RocksDBException(NO_SPACE));
      assertThrows(StorageException.OutcomeUnknown.class, () -> storage.commit(batch));
      after = Optional.empty();

      var revision = Given.row(storage, "in doubt").orElseThrow().revision();
      storage.commit(batch);
      assertEquals(revision, Given.row(storage, "in doubt").orElseThrow().revision());
      assertEquals(1, storage.changes(null, 10).announcements().size());
      Given.put(storage, "in doubt", "2");
      assertFalse(revision.equals(Given.row(storage, "in doubt").orElseThrow().revision()));
    }
  }

  @Test
  void aSealedBlobIsAdoptedByTheBatchThatComesAgain() {
    try (var storage = open()) {
      var bytes = Given.randomBytes(100);
      var blob = Given.sealed(storage, bytes);
      var batch = Given.batch().put(Bytes.utf8("a"), Bytes.utf8("1")).adopt(blob).build();
      before = Optional.of(new RocksDBException(NO_SPACE));
      assertThrows(StorageException.OutcomeUnknown.class, () -> storage.commit(batch));
      before = Optional.empty();
      storage.commit(batch);
      assertEquals(bytes.length, Given.read(storage, blob, 0, bytes.length).length);
    }
    try (var storage = open()) {
      assertEquals(1, storage.blobs(null).count());
    }
  }

  @Test
  void aBlobIsNotGivenUpThatAGroupOfUnknownOutcomeAdopted() {
    try (var storage = open()) {
      var bytes = Given.randomBytes(100_000);
      var blob = Given.sealed(storage, bytes);
      storage.engine().strays().discardForgotten();
      var batch = Given.batch().put(Bytes.utf8("a"), Bytes.utf8("1")).adopt(blob).build();
      after = Optional.of(new RocksDBException(NO_SPACE));
      assertThrows(StorageException.OutcomeUnknown.class, () -> storage.commit(batch));
      after = Optional.empty();

      storage.engine().strays().discardForgotten();
      storage.settle();
      assertTrue(Given.row(storage, "a").isPresent());
      assertEquals(bytes.length, Given.read(storage, blob, 0, bytes.length).length);
    }
  }

  @Test
  void whoWaitsAtTheEndOfTheDiskIsServedWhenThereIsRoom() throws Exception {
    try (var storage = FilesStorage.open(directory, FilesSettings.defaults(), patient())) {
      Given.put(storage, "a", "1");
      before = Optional.of(new RocksDBException(NO_SPACE));
      assertThrows(StorageException.OutcomeUnknown.class, () -> Given.put(storage, "b", "1"));
      var delete = Thread.ofVirtual().start(() -> storage.commit(deletion("a")));
      Thread.sleep(300);
      assertTrue(delete.isAlive());
      assertTrue(Given.row(storage, "a").isPresent());
      before = Optional.empty();
      delete.join();
      assertFalse(Given.row(storage, "a").isPresent());
    }
  }

  @Test
  void anErrorOfTheDiskAtItsEndMakesTheStorageReadOnly() {
    var batch = batch("in doubt");
    try (var storage = open()) {
      before = Optional.of(new RocksDBException(NO_SPACE));
      assertThrows(StorageException.OutcomeUnknown.class, () -> storage.commit(batch));
      before = Optional.of(new RocksDBException("Input/output error"));
      assertThrows(StorageException.Failure.class, () -> storage.commit(batch("another")));
      before = Optional.empty();
      assertInstanceOf(Health.ReadOnly.class, storage.health());
      assertThrows(StorageException.OutcomeUnknown.class, () -> storage.commit(batch));
    }
  }

  private static Batch batch(String path) {
    return Given.batch().put(Bytes.utf8(path), Bytes.utf8("1")).announce(Bytes.utf8(path)).build();
  }

  private static Batch deletion(String path) {
    return Given.batch().delete(Bytes.utf8(path)).build();
  }

  /** Without threads nobody waits for room. */
  private FilesStorage open() {
    var world = patient();
    return FilesStorage.open(
        directory,
        FilesSettings.defaults(),
        new World(world.disk(), world.nanoTime(), world.random(), watcher, false));
  }

  private World patient() {
    return Given.world(new RealDisk(), watcher);
  }
}
