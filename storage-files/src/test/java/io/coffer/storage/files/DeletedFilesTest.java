package io.coffer.storage.files;

import static io.coffer.storage.files.Given.batch;
import static io.coffer.storage.files.Given.randomBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.storage.files.disk.Crash;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** Files that were deleted stay so. */
class DeletedFilesTest {
  @TempDir Path directory;

  /** RocksDB, which is on the machine's disk, is told of this directory. */
  @BeforeEach
  void makeSecrets() throws IOException {
    Files.createDirectory(directory.resolve("secrets"));
  }

  private FilesStorage open(SimulatedDisk disk) {
    return open(disk, RowsWatcher.NONE);
  }

  private FilesStorage open(SimulatedDisk disk, RowsWatcher rows) {
    var settings = FilesSettings.defaults().withReserveBytes(0);
    var world = new World(disk, System::nanoTime, new Random(1), rows, false);
    return FilesStorage.open(directory, settings, world);
  }

  private List<Path> blobFiles(SimulatedDisk disk) {
    return disk.files().keySet().stream()
        .filter(file -> file.startsWith(directory.resolve("blobs")))
        .toList();
  }

  /** A clean end says that there are no strays, so nobody looks for them at the next start. */
  @Test
  void aMachineThatFailsBehindACleanEndBringsNoneBack() {
    var disk = new SimulatedDisk(directory);
    try (var storage = open(disk)) {
      var blob = Given.adopted(storage, randomBytes(70_000));
      storage.commit(batch().release(blob).build());
      storage.settle();
      Given.sealed(storage, randomBytes(80_000)); // which the end deletes
    }
    var after = disk.crashed(disk.operations(), Crash.NOTHING);
    try (var storage = open(after)) {
      storage.settle();
      assertEquals(List.of(), blobFiles(after));
    }
  }

  /** What a process deleted just before it was killed, the next one finds deleted already. */
  @Test
  void neitherDoesOneBehindTheCleanEndOfAProcessThatFollowedAKilledOne() {
    var disk = new SimulatedDisk(directory);
    var alive = new AtomicBoolean(true);
    var mortal =
        new RowsWatcher() {
          @Override
          public void before(Path rows, boolean synced) throws RocksDBException {
            if (!alive.get()) {
              throw new RocksDBException("the process was killed");
            }
          }
        };
    SimulatedDisk killed;
    try (var storage = open(disk, mortal)) {
      var blob = Given.adopted(storage, randomBytes(70_000));
      storage.commit(batch().release(blob).build());
      storage.settle();
      killed = disk.killed(disk.operations());
      alive.set(false);
    }
    try (var storage = open(killed)) {
      storage.settle();
    }
    var after = killed.crashed(killed.operations(), Crash.NOTHING);
    try (var storage = open(after)) {
      storage.settle();
      assertEquals(List.of(), blobFiles(after));
    }
  }
}
