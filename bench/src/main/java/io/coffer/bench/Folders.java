package io.coffer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Folders for the time of a run. */
final class Folders {
  private Folders() {}

  /**
   * Makes a folder if there is none.
   *
   * @throws IllegalArgumentException there is something in it
   */
  static Path makeEmpty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (var entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new IllegalArgumentException(folder + " is not empty");
      }
    }
    return folder;
  }

  /** Deletes a folder and all below it. */
  static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (var walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
