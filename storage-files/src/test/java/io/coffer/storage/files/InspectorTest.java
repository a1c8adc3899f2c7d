package io.coffer.storage.files;

import static io.coffer.storage.files.Given.adopted;
import static io.coffer.storage.files.Given.batch;
import static io.coffer.storage.files.Given.blobFiles;
import static io.coffer.storage.files.Given.put;
import static io.coffer.storage.files.Given.randomBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Inspection;
import io.coffer.storage.Inspection.Kind;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectorTest {
  @TempDir Path directory;

  private FilesStorage open() {
    return FilesStorage.open(directory, FilesSettings.defaults(), World.quiet());
  }

  private static List<Inspection.Finding> inspect(FilesStorage storage) {
    var findings = new ArrayList<Inspection.Finding>();
    var step = storage.inspect(null);
    while (true) {
      findings.addAll(step.findings());
      if (step.next() == null) {
        return findings;
      }
      step = storage.inspect(step.next());
    }
  }

  private List<Path> tables() throws IOException {
    try (var files = Files.list(directory.resolve("rows"))) {
      return files.filter(file -> file.toString().endsWith(".sst")).toList();
    }
  }

  /** Opened again, RocksDB has written the log into tables. */
  private void makeTables() throws IOException {
    try (var storage = open()) {
      for (int i = 0; i < 500; i++) {
        put(storage, "row " + i, "value " + i);
      }
    }
    open().close();
    assertTrue(!tables().isEmpty());
  }

  @Test
  void aFlippedByteOfAnyTableIsFoundAndItsTableNamed() throws IOException {
    makeTables();
    int found = 0;
    for (var table : tables()) {
      flip(table, 20);
      try (var storage = open()) {
        var findings = inspect(storage);
        assertEquals(1, findings.size(), findings.toString());
        assertEquals(Kind.DAMAGE, findings.getFirst().kind());
        assertNames(table, findings.getFirst().text());
        found++;
      } catch (DirectoryUnusable e) {
        assertNames(table, String.valueOf(e.getMessage())); // it is read at each start
      }
      flip(table, 20);
    }
    assertTrue(found > 0);
    try (var storage = open()) {
      assertEquals(List.of(), inspect(storage));
    }
  }

  private static void assertNames(Path table, String text) {
    assertTrue(text.contains(table.getFileName().toString()), text);
  }

  @Test
  void allTablesAreReadWhole() throws IOException {
    makeTables();
    try (var storage = open()) {
      long size = 0;
      for (var table : tables()) {
        size += Files.size(table);
      }
      long bytes = 0;
      for (var step = storage.inspect(null); ; step = storage.inspect(step.next())) {
        bytes += step.bytes();
        if (step.next() == null) {
          break;
        }
      }
      assertEquals(size, bytes);
    }
  }

  @Test
  void whatBelongsToNothingIsAStray() throws IOException {
    try (var storage = open()) {
      var blob = adopted(storage, randomBytes(100_000));
      var copy = Given.newBlobId();
      var files = new BlobFiles(new RealDisk(), directory.resolve("blobs"));
      Files.createDirectories(files.path(copy).getParent());
      Files.copy(files.path(blob), files.path(copy));
      var elsewhere = files.path(copy).resolveSibling(blob.toString());
      var strays = new ArrayList<Path>(List.of(files.path(copy)));
      if (Files.notExists(elsewhere)) {
        strays.add(Files.copy(files.path(blob), elsewhere));
      }
      strays.add(Files.writeString(directory.resolve("blobs/notes"), "mine"));
      strays.add(Files.writeString(files.path(copy).resolve("../../x").normalize(), "mine"));
      strays.add(Files.createDirectory(directory.resolve("blobs/abc")));
      strays.add(Files.writeString(files.path(copy).resolveSibling("y"), "mine"));

      var findings = inspect(storage);
      assertTrue(findings.stream().allMatch(f -> f.kind() == Kind.STRAY), findings.toString());
      assertEquals(
          strays.stream().map(path -> path + " belongs to no object").sorted().toList(),
          findings.stream().map(Inspection.Finding::text).sorted().toList());
    }
  }

  @Test
  void aReleasedFileThatIsStillToBeDeletedIsNoStray() throws IOException {
    try (var storage = open()) {
      var blob = adopted(storage, randomBytes(100_000));
      storage.commit(batch().release(blob).build());
      assertEquals(1, blobFiles(directory).size());
      assertEquals(List.of(), inspect(storage));
    }
  }

  private static void flip(Path path, long position) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(position);
      int old = file.read();
      file.seek(position);
      file.write(old ^ 0x40);
    }
  }
}
