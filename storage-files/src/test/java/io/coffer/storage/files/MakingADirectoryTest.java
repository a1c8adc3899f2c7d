package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.storage.files.disk.Crash;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory that was opened once outlives the failure of the machine. */
class MakingADirectoryTest {
  @TempDir Path parent;

  private Path data = Path.of("");

  private FilesStorage open(SimulatedDisk disk) {
    var settings = FilesSettings.defaults().withReserveBytes(0);
    var random = new Random(disk.operations());
    var world = new World(disk, System::nanoTime, random, RowsWatcher.NONE, false);
    return FilesStorage.open(data, settings, world);
  }

  /** RocksDB is on the machine's disk, and its part of the directory is made by hand. */
  private void makeHere(String name) throws IOException {
    data = parent.resolve(name);
    Files.createDirectories(data.resolve("secrets"));
  }

  private static SimulatedDisk crashed(SimulatedDisk disk) {
    return disk.crashed(disk.operations(), Crash.NOTHING);
  }

  @Test
  void soDoDirectoriesThatWereMadeForIt() throws IOException {
    makeHere("a/b/data");
    var disk = new SimulatedDisk(parent);
    var first = open(disk);
    first.close();
    try (var again = open(crashed(disk))) {
      assertEquals(first.id(), again.id());
    }
  }

  /** The process may have been killed while it made the directory; the next one has to sync. */
  @Test
  void soDoesOneWhoseMakingWasTakenUp() throws IOException {
    makeHere("data");
    var whole = new SimulatedDisk(parent);
    open(whole).close();
    for (long last = 1; last <= whole.operations(); last++) {
      var disk = whole.killed(last);
      if (disk.find(data.resolve("coffer.properties")).isEmpty()) {
        removeRows();
      }
      var second = open(disk);
      second.close();
      try (var third = open(crashed(disk))) {
        assertEquals(second.id(), third.id(), "killed behind operation " + last);
      }
    }
  }

  private void removeRows() throws IOException {
    try (var files = Files.walk(data.resolve("rows"))) {
      for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
