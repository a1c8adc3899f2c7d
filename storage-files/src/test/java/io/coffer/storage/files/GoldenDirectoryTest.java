package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Directories of every format that there was are opened by this build. When the format changes,
 * {@code ./mvnw -pl storage-files -am test -Dtest=GoldenDirectoryTest -Dcoffer.make.golden=true}
 * makes the one of the new format; those of older ones are never made again.
 */
class GoldenDirectoryTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir Path directory;

  @Test
  void theCurrentFormatHasOne() throws IOException {
    var zip = zip(DirectoryProperties.FORMAT);
    if (!Files.exists(zip) && Boolean.getBoolean("coffer.make.golden")) {
      try (var open = GoldenDirectory.make(directory)) {
        Assertions.assertNotNull(open);
        pack(directory, zip);
      }
    }
    assertTrue(Files.exists(zip), zip + " is missing");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void eachIsOpenedAndHasEverything(int format) throws IOException {
    unpack(zip(format), directory);
    GoldenDirectory.check(directory);
    GoldenDirectory.check(directory);
    GoldenDirectory.writeOn(directory);
  }

  static IntStream formats() {
    return IntStream.rangeClosed(1, DirectoryProperties.FORMAT);
  }

  private static Path zip(int format) {
    return GOLDEN.resolve("format-" + format + ".zip");
  }

  /** All but the lock and what RocksDB notes of its options, which it does without. */
  private static void pack(Path from, Path zip) throws IOException {
    Files.createDirectories(GOLDEN);
    try (var out = new ZipOutputStream(Files.newOutputStream(zip));
        var paths = Files.walk(from)) {
      for (var path : (Iterable<Path>) paths.sorted()::iterator) {
        var name = from.relativize(path).toString();
        boolean needless = name.startsWith("rows/OPTIONS-") || name.endsWith("LOCK");
        if (name.isEmpty() || name.equals("lock") || needless) {
          continue;
        }
        boolean isDirectory = Files.isDirectory(path);
        out.putNextEntry(new ZipEntry(isDirectory ? name + "/" : name));
        if (!isDirectory) {
          Files.copy(path, out);
        }
      }
    }
  }

  private static void unpack(Path zip, Path to) throws IOException {
    try (var in = new ZipInputStream(Files.newInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        var path = to.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.copy(in, path);
        }
      }
    }
  }
}
