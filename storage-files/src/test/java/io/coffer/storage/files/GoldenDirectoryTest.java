package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data directories that earlier versions left, one of each format, are read by this one. The zip
 * files are made by {@code -Dcoffer.golden.make=FILE} with the version that they are of, and then
 * never again.
 */
class GoldenDirectoryTest {
  private static final FilesSettings SETTINGS =
      FilesSettings.defaults().withReserveBytes(0).withInlineBytes(1_000);
  private static final BlobId INLINE = new BlobId(1, 1);
  private static final BlobId IN_FILE = new BlobId(2, 0x5ad);
  private static final BlobId RELEASED = new BlobId(3, 0xbad);
  private static final int ROWS = 20;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = 1)
  void eachFormatIsRead(int format) throws IOException {
    unzip("/golden/format-" + format + ".zip");
    try (var storage = FilesStorage.open(directory, SETTINGS)) {
      assertEquals(ROWS, Given.rows(storage).size());
      for (int i = 0; i < ROWS; i++) {
        var row = Given.row(storage, "row " + i).orElseThrow();
        assertEquals(Bytes.utf8("value " + i), row.value());
      }
      assertArrayEquals(Given.randomBytes(700), Given.read(storage, INLINE, 0, 700));
      assertArrayEquals(Given.randomBytes(150_000), Given.read(storage, IN_FILE, 0, 150_000));
      assertEquals(new Verdict.Sound(150_000), storage.verify(IN_FILE));
      assertEquals(new Verdict.Missing(), storage.verify(RELEASED));
      assertEquals(
          List.of(Bytes.utf8("first"), Bytes.utf8("second")),
          storage.changes(null, 10).announcements());
      assertEquals("6f1d1f6e-0000-4000-8000-000000000001", storage.id().toString());
      Given.put(storage, "row 0", "written since");
    }
    try (var storage = FilesStorage.open(directory, SETTINGS)) {
      assertEquals(Bytes.utf8("written since"), Given.row(storage, "row 0").orElseThrow().value());
    }
  }

  @Test
  void makesOne() throws IOException {
    var file = System.getProperty("coffer.golden.make");
    assumeTrue(file != null, "only when it is told to");
    var data = directory.resolve("data");
    try (var storage = FilesStorage.open(data, SETTINGS)) {
      for (int i = 0; i < ROWS; i++) {
        Given.put(storage, "row " + i, "value " + i);
      }
      write(storage, INLINE, 700);
      write(storage, IN_FILE, 150_000);
      write(storage, RELEASED, 2_000);
      storage.commit(
          Given.batch().adopt(INLINE).adopt(IN_FILE).announce(Bytes.utf8("first")).build());
      storage.commit(Given.batch().adopt(RELEASED).build());
      storage.commit(Given.batch().release(RELEASED).announce(Bytes.utf8("second")).build());
    }
    var properties = data.resolve(DirectoryProperties.NAME);
    Files.writeString(
        properties,
        Files.readString(properties)
            .replaceAll("store=.*", "store=6f1d1f6e-0000-4000-8000-000000000001"));
    zip(data, Path.of(Objects.requireNonNull(file)));
  }

  private static void write(FilesStorage storage, BlobId blob, int length) {
    try (var writer = storage.write(blob, new BlobHint(length))) {
      writer.write(ByteBuffer.wrap(Given.randomBytes(length)));
      writer.seal();
    }
  }

  private static void zip(Path data, Path file) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(file));
        var files = Files.walk(data)) {
      for (var path : (Iterable<Path>) files.sorted()::iterator) {
        var name = data.relativize(path).toString();
        if (name.isEmpty() || name.equals(DataDirectory.LOCK)) {
          continue;
        }
        out.putNextEntry(new ZipEntry(Files.isDirectory(path) ? name + "/" : name));
        if (Files.isRegularFile(path)) {
          Files.copy(path, out);
        }
      }
    }
  }

  private void unzip(String resource) throws IOException {
    var found = Objects.requireNonNull(getClass().getResourceAsStream(resource), resource);
    try (var in = new ZipInputStream(found)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        var target = directory.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(Objects.requireNonNull(target.getParent()));
          Files.copy(in, target);
        }
      }
    }
  }
}
