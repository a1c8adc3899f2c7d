package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.files.disk.ZippedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
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
        ZippedDirectory.pack(directory, zip);
      }
    }
    assertTrue(Files.exists(zip), zip + " is missing");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void eachIsOpenedAndHasEverything(int format) throws IOException {
    ZippedDirectory.unpack(zip(format), directory);
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
}
