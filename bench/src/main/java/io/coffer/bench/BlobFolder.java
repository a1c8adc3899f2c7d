package io.coffer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The folder of a data directory in which each larger blob has a file. */
record BlobFolder(Path path) {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  static BlobFolder of(Path data) {
    return new BlobFolder(data.resolve("blobs"));
  }

  /** The files, in the order of their names. */
  List<Path> files() throws IOException {
    while (true) {
      try (var all = Files.walk(path)) {
        return all.filter(Files::isRegularFile).sorted().toList();
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e.getCause();
        }
        // The server deleted one while we looked: look again.
      }
    }
  }

  /** Waits until there are so many; what was released goes behind the requests, within seconds. */
  void await(long count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (files().size() != count && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
  }
}
