package io.coffer.storage.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.storage.files.disk.Disk;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;

/** The file {@code snapshot.properties} in the directory of a snapshot. */
final class SnapshotProperties {
  static final String NAME = "snapshot.properties";

  private SnapshotProperties() {}

  /** Whether a directory is a snapshot, or a copy of one that no server was started on. */
  static boolean isIn(Disk disk, Path root) throws IOException {
    return disk.find(root.resolve(NAME)).isPresent();
  }

  /**
   * Makes durable all that came with a copy of a snapshot: what brought it here may not have done
   * that. Before RocksDB opens it, because closing a lock's file would end the lock.
   */
  static void syncAll(Disk disk, Path root) throws IOException {
    try (var parallel = new Parallel()) {
      for (var part : DataDirectory.PARTS) {
        syncAll(disk, root.resolve(part), parallel);
      }
      parallel.finish();
    }
    sync(disk, DirectoryProperties.in(root));
    disk.sync(root);
  }

  private static void syncAll(Disk disk, Path directory, Parallel parallel) throws IOException {
    for (var entry : disk.list(directory)) {
      if (entry.isDirectory()) {
        syncAll(disk, entry.path(), parallel);
      } else {
        parallel.run(() -> sync(disk, entry.path()));
      }
    }
    parallel.run(() -> disk.sync(directory));
  }

  private static void sync(Disk disk, Path file) throws IOException {
    try (var open = disk.open(file)) {
      open.sync();
    }
  }

  /**
   * Reads them.
   *
   * @throws SnapshotFailure they cannot be understood
   */
  static Snapshot read(Disk disk, Path root) throws IOException {
    var file = root.resolve(NAME);
    var properties = new Properties();
    try {
      properties.load(new StringReader(DirectoryProperties.text(disk, file)));
      return new Snapshot(
          text(properties, "name"),
          Instant.parse(text(properties, "time")),
          UUID.fromString(text(properties, "store")),
          number(properties, "blobs"),
          number(properties, "blob-bytes"),
          number(properties, "files"),
          number(properties, "file-bytes"),
          number(properties, "row-bytes"),
          number(properties, "missing"));
    } catch (IllegalArgumentException | DateTimeException | DirectoryUnusable e) {
      throw new SnapshotFailure(
          "The file %s does not say what the snapshot holds; delete this snapshot and make another."
              .formatted(file),
          e);
    }
  }

  /** Writes them; they are durable once the directory is. */
  static void write(Disk disk, Path root, Snapshot snapshot) throws IOException {
    var text =
        """
        # A snapshot of a data directory of Coffer. 'coffer snapshot restore' makes a data
        # directory of it; do not start a server on it in place.
        name=%s
        time=%s
        store=%s
        blobs=%d
        blob-bytes=%d
        files=%d
        file-bytes=%d
        row-bytes=%d
        missing=%d
        """
            .formatted(
                snapshot.name(),
                snapshot.time(),
                snapshot.store(),
                snapshot.blobs(),
                snapshot.blobBytes(),
                snapshot.files(),
                snapshot.fileBytes(),
                snapshot.rowBytes(),
                snapshot.missing());
    try (var file = disk.create(root.resolve(NAME))) {
      file.append(UTF_8.encode(text));
      file.sync();
    }
  }

  private static String text(Properties properties, String name) {
    return properties.getProperty(name, "").strip();
  }

  private static long number(Properties properties, String name) {
    return Long.parseLong(text(properties, name));
  }
}
