package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.files.disk.ForwardingDisk;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A data directory of which something is missing is refused, and left as it is. */
class HalfDirectoryTest {
  @TempDir Path parent;
  private Path data;

  @BeforeEach
  void makeTables() {
    data = parent.resolve("data");
    try (var storage = open()) {
      Given.put(storage, "a", "1");
      Given.adopted(storage, Given.randomBytes(10_000));
    }
    open().close(); // now the rows are in tables, and the blob in a blob file
  }

  @ParameterizedTest
  @CsvSource({
    "CURRENT, CURRENT is missing",
    "MANIFEST-, is missing",
    ".sst, cannot be opened (RocksDB: ",
    ".blob, is missing",
  })
  void aFileOfTheRowsIsMissing(String name, String because) throws IOException {
    var file = find(name);
    Files.move(file, parent.resolve("elsewhere"));
    assertRefused(because);

    Files.move(parent.resolve("elsewhere"), file);
    try (var storage = open()) {
      assertTrue(Given.row(storage, "a").isPresent());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CURRENT, CURRENT is damaged",
    ".sst, cannot be opened (RocksDB: ",
  })
  void aFileOfTheRowsIsCutOff(String name, String because) throws IOException {
    var file = find(name);
    var bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(because);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CURRENT", "MANIFEST-"})
  void aFileOfTheRowsIsEmpty(String name) throws IOException {
    Files.write(find(name), new byte[0]);
    assertRefused("is damaged");
  }

  @Test
  void allRowsAreMissing() throws IOException {
    try (var files = Files.newDirectoryStream(data.resolve("rows"))) {
      for (var file : files) {
        Files.delete(file);
      }
    }
    assertRefused("CURRENT is missing");
  }

  @Test
  void aLockThatWasLostIsMadeAgainOnlyWhenTheDirectoryIsSound() throws IOException {
    Files.delete(data.resolve("lock"));
    var table = find(".sst");
    Files.move(table, parent.resolve("elsewhere"));
    assertRefused("cannot be opened");
    assertFalse(Files.exists(data.resolve("lock")));

    Files.move(parent.resolve("elsewhere"), table);
    open().close();
    assertTrue(Files.exists(data.resolve("lock")));
  }

  @Test
  void aNewerFormatIsLeftAsItIs() throws IOException {
    var properties = data.resolve("coffer.properties");
    Files.writeString(properties, Files.readString(properties).replace("format=1", "format=9"));
    assertRefused("newer version of Coffer (format 9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rows", "blobs", "secrets"})
  void aPartOfAnotherOwnerIsRefused(String part) throws IOException {
    var before = contents();
    var foreign =
        new ForwardingDisk(new RealDisk()) {
          @Override
          public boolean isWritable(Path directory) {
            return !directory.equals(data.resolve(part)) && super.isWritable(directory);
          }
        };
    var refusal =
        assertThrows(
            DirectoryUnusable.class,
            () -> FilesStorage.open(data, FilesSettings.defaults(), Given.world(foreign)));
    var message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(data.resolve(part) + " cannot be written by the user"), message);
    assertEquals(before, contents());
  }

  @Test
  void aMakingThatWasInterruptedBeginsAnew() throws IOException {
    var id = open();
    var first = id.id();
    id.close();
    Files.move(data.resolve("coffer.properties"), data.resolve("coffer.properties.new"));
    try (var files = Files.walk(data.resolve("blobs"))) {
      assertEquals(0, files.filter(Files::isRegularFile).count());
    }

    try (var storage = open()) {
      assertFalse(Given.row(storage, "a").isPresent());
      assertFalse(storage.id().equals(first));
    }
    assertFalse(Files.exists(data.resolve("coffer.properties.new")));
    open().close();
  }

  @Test
  void noLogOfRocksDbIsInTheDirectory() throws IOException {
    try (var files = Files.list(data.resolve("rows"))) {
      assertEquals(0, files.filter(f -> f.getFileName().toString().startsWith("LOG")).count());
    }
  }

  private FilesStorage open() {
    return FilesStorage.open(data, FilesSettings.defaults());
  }

  private Path find(String name) throws IOException {
    try (var files = Files.list(data.resolve("rows"))) {
      return files
          .filter(f -> name.startsWith(".") ? f.toString().endsWith(name) : isNamed(f, name))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean isNamed(Path file, String name) {
    return file.getFileName().toString().startsWith(name);
  }

  private void assertRefused(String because) throws IOException {
    var before = contents();
    var message = String.valueOf(assertThrows(DirectoryUnusable.class, this::open).getMessage());
    assertTrue(message.contains(because), message);
    assertTrue(message.endsWith(".") && !message.contains("\n"), message);
    assertEquals(before, contents());
  }

  /** All names, and all bytes of files. */
  private Map<String, String> contents() throws IOException {
    var contents = new TreeMap<String, String>();
    try (var paths = Files.walk(data)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        var bytes = Files.isRegularFile(path) ? Files.readAllBytes(path) : new byte[0];
        contents.put(path.toString(), HexFormat.of().formatHex(bytes));
      }
    }
    return contents;
  }
}
