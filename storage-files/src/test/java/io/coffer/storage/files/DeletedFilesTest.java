package io.coffer.storage.files;

import static io.coffer.storage.files.Given.batch;
import static io.coffer.storage.files.Given.randomBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.storage.files.disk.Crash;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that were deleted stay so. */
class DeletedFilesTest {
  @TempDir Path directory;

  private FilesStorage open(SimulatedDisk disk) {
    var settings = FilesSettings.defaults().withReserveBytes(0);
    var world = new World(disk, System::nanoTime, new Random(1), RowsWatcher.NONE, false);
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
}
