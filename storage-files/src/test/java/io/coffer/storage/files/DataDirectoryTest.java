package io.coffer.storage.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which directories are taken, which are refused, and how. */
class DataDirectoryTest {
  @TempDir Path parent;

  @Test
  void aDirectoryIsMadeForItsOwnerAlone() throws IOException {
    var data = parent.resolve("a/b/data");
    open(data).close();

    for (var made : new String[] {"", "rows", "blobs", "secrets"}) {
      var permissions = Files.getPosixFilePermissions(data.resolve(made));
      assertEquals("rwx------", PosixFilePermissions.toString(permissions), made);
    }
  }

  @Test
  void aStoreKeepsItsId() {
    var first = open(parent.resolve("one"));
    var other = open(parent.resolve("other"));
    var id = first.id();
    assertNotEquals(id, other.id());
    first.close();
    other.close();

    try (var again = open(parent.resolve("one"))) {
      assertEquals(id, again.id());
    }
  }

  @Test
  void anEmptyDirectoryIsTaken() throws IOException {
    Files.createDirectory(parent.resolve("lost+found"));
    open(parent).close();
    open(parent).close();
  }

  @Test
  void whatACrashLeftOfMakingADirectoryIsTaken() throws IOException {
    for (var part : new String[] {"rows", "blobs"}) {
      Files.createDirectory(parent.resolve(part));
    }
    Files.writeString(parent.resolve("lock"), "");
    Files.writeString(parent.resolve("coffer.properties.new"), "form");
    open(parent).close();
    open(parent).close();
  }

  @Test
  void aDirectoryIsOpenOnce(@TempDir Path temporary) throws Exception {
    try (var storage = open(parent)) {
      assertRefused(DirectoryInUse.class, parent, "is in use by another coffer server");
      assertRefused(DirectoryInUse.class, parent.resolve("../" + parent.getFileName()), "in use");
      var process = Child.start(temporary, OpenOnce.class, parent.toString());
      var answer = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), answer);
      assertTrue(answer.contains("in use by another coffer server (process "), answer);
      assertTrue(answer.contains(Long.toString(ProcessHandle.current().pid())), answer);
      Given.put(storage, "a", "1");
    }
    open(parent).close();
  }

  /** Tries to open a directory that another process has. */
  static final class OpenOnce {
    private OpenOnce() {}

    public static void main(String... args) {
      try {
        open(Path.of(args[0])).close();
        System.out.println("opened");
      } catch (DirectoryInUse e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    open(parent).close();
    var properties = parent.resolve("coffer.properties");
    var text = Files.readString(properties);
    Files.writeString(properties, text.replace("format=1", "format=2"));

    assertRefused(DirectoryUnusable.class, parent, "newer version of Coffer (format 2");
    Files.writeString(properties, text);
    open(parent).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "format=x\nstore=y\n", "format=0\nstore=y", "format=1\nstore=y\n"})
  void illegiblePropertiesAreRefused(String text) throws IOException {
    open(parent).close();
    Files.writeString(parent.resolve("coffer.properties"), text);

    assertRefused(DirectoryUnusable.class, parent, "does not say the format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows", "blobs", "secrets"})
  void aDirectoryThatLostAPartIsRefused(String part) throws IOException {
    open(parent).close();
    Files.move(parent.resolve(part), parent.resolve("elsewhere"));

    assertRefused(DirectoryUnusable.class, parent, "has lost its directory " + part);
  }

  @Test
  void aDirectoryOfSomebodyElseIsRefused() throws IOException {
    Files.writeString(parent.resolve("thesis.txt"), "months of work");
    assertRefused(DirectoryUnusable.class, parent, "thesis.txt, which is not Coffer's");
    Files.delete(parent.resolve("thesis.txt"));

    Files.createDirectories(parent.resolve("rows"));
    Files.writeString(parent.resolve("rows/CURRENT"), "rows without properties");
    assertRefused(DirectoryUnusable.class, parent, "holds rows");
  }

  @Test
  void aFileIsRefused() throws IOException {
    var file = Files.writeString(parent.resolve("data"), "a file");
    assertRefused(DirectoryUnusable.class, file, "is a file");
    assertRefused(DirectoryUnusable.class, file.resolve("below"), "below");
    Files.delete(file);

    Files.writeString(parent.resolve("blobs"), "a file");
    assertRefused(DirectoryUnusable.class, parent, "is a file");
  }

  @Test
  void aDirectoryWithoutPermissionIsRefused() throws IOException {
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("r-x------"));
    try {
      assumeFalse(Files.isWritable(parent), "root may write everywhere");
      assertRefused(DirectoryUnusable.class, parent, "cannot be written by the user");
    } finally {
      Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aPlaceWhereNothingCanBeMadeIsRefused() {
    var proc = Path.of("/proc");
    assumeTrue(Files.isDirectory(proc), "not Linux");
    var settings = FilesSettings.defaults().withReserveBytes(0);

    var refusal =
        assertThrows(
            DirectoryUnusable.class, () -> FilesStorage.open(proc.resolve("coffer"), settings));
    assertSentence(refusal, "cannot be written by the user");
  }

  @Test
  void aFullDiskIsRefused() throws IOException {
    var settings = FilesSettings.defaults().withReserveBytes(Long.MAX_VALUE);
    var refusal =
        assertThrows(
            DirectoryUnusable.class, () -> FilesStorage.open(parent.resolve("data"), settings));
    assertSentence(refusal, "free some space");
    assertFalse(Files.exists(parent.resolve("data")));

    open(parent).close();
    var before = contents(parent);
    assertThrows(DirectoryUnusable.class, () -> FilesStorage.open(parent, settings));
    assertEquals(before, contents(parent));
  }

  private static FilesStorage open(Path directory) {
    return FilesStorage.open(directory, FilesSettings.defaults());
  }

  private void assertRefused(
      Class<? extends DirectoryUnusable> type, Path directory, String because) throws IOException {
    var before = contents(parent);
    assertSentence(assertThrows(type, () -> open(directory)), because);
    assertEquals(before, contents(parent));
  }

  private static void assertSentence(DirectoryUnusable refusal, String because) {
    var message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(because), message);
    assertTrue(message.endsWith(".") && !message.contains("\n"), message);
  }

  /**
   * All files with their bytes, but for locks: to read those of an open storage would end them,
   * because a process loses its POSIX locks on a file when it closes any descriptor of it.
   */
  private static Map<String, String> contents(Path root) throws IOException {
    var contents = new TreeMap<String, String>();
    try (var paths = Files.walk(root)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        boolean readable =
            Files.isRegularFile(path) && !path.getFileName().toString().equalsIgnoreCase("lock");
        var bytes = readable ? Files.readAllBytes(path) : new byte[0];
        contents.put(path.toString(), HexFormat.of().formatHex(bytes));
      }
    }
    return contents;
  }
}
