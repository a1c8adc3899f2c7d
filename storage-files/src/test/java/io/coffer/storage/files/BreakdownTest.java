package io.coffer.storage.files;

import static io.coffer.storage.files.Given.batch;
import static io.coffer.storage.files.Given.becomesTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Bytes;
import io.coffer.storage.Durability;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.disk.ForwardingDisk;
import io.coffer.storage.files.disk.RealDisk;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Errors on the threads behind the requests. */
@Timeout(30)
class BreakdownTest {
  @TempDir Path directory;

  private volatile boolean failingSyncs;
  private volatile boolean failingDeletes;

  private final RowsWatcher watcher =
      new RowsWatcher() {
        @Override
        public void before(Path rows, boolean synced) {
          if (failingSyncs && synced) {
            throw new OutOfMemoryError("for this test");
          }
        }
      };

  @Test
  void anErrorOfAStepBetweenGroupsIsItsOwners() throws Exception {
    try (var storage = open()) {
      var committer = storage.engine().committer();
      assertThrows(
          OutOfMemoryError.class,
          () ->
              committer.alone(
                  () -> {
                    throw new OutOfMemoryError("for this test");
                  }));
      Given.put(storage, "a", "1");
      assertInstanceOf(Health.Sound.class, storage.health());
    }
  }

  @Test
  void withoutItsFlusherAStorageTakesNoMoreAnswersFirst() throws Exception {
    try (var storage = open()) {
      failingSyncs = true;
      var soon = new Durability.Group(Duration.ofMillis(10));
      storage.commit(batch().put(Bytes.utf8("a"), Bytes.utf8("1")).durability(soon).build());
      assertReadOnly(storage);
    }
  }

  @Test
  void withoutItsReaperAStorageSaysSo() throws Exception {
    try (var storage = open()) {
      var blob = Given.adopted(storage, Given.randomBytes(100_000));
      Given.put(storage, "a", "1");
      failingDeletes = true;
      storage.commit(batch().release(blob).build());
      assertReadOnly(storage);
      failingDeletes = false;
    }
    try (var again = open()) {
      assertInstanceOf(Health.Sound.class, again.health());
      assertTrue(becomesTrue(() -> Given.blobFiles(directory).isEmpty()));
    }
  }

  private static void assertReadOnly(FilesStorage storage) throws Exception {
    assertTrue(becomesTrue(() -> storage.health() instanceof Health.ReadOnly));
    var health = assertInstanceOf(Health.ReadOnly.class, storage.health());
    assertTrue(health.reason().contains("for this test"), health.reason());
    assertThrows(StorageException.Failure.class, () -> Given.put(storage, "b", "1"));
    assertEquals(Bytes.utf8("1"), Given.row(storage, "a").orElseThrow().value());
  }

  private FilesStorage open() {
    var disk =
        new ForwardingDisk(new RealDisk()) {
          @Override
          public boolean delete(Path path) throws java.io.IOException {
            if (failingDeletes) {
              throw new StackOverflowError("for this test");
            }
            return super.delete(path);
          }
        };
    return FilesStorage.open(directory, FilesSettings.defaults(), Given.world(disk, watcher));
  }
}
