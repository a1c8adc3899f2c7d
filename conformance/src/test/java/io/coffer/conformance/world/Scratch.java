package io.coffer.conformance.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Directories for a short while, in memory where the machine has that. */
final class Scratch {
  private static final Path IN_MEMORY = Path.of("/dev/shm");

  private Scratch() {}

  static Path make() throws IOException {
    return Files.isWritable(IN_MEMORY)
        ? Files.createTempDirectory(IN_MEMORY, "coffer-")
        : Files.createTempDirectory("coffer-");
  }

  /** Removes a directory with all that is in it; it may be gone. */
  static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var below = Files.walk(directory)) {
      for (var path : (Iterable<Path>) below.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }
}
