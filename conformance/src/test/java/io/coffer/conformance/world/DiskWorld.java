package io.coffer.conformance.world;

import io.coffer.storage.Durability;
import io.coffer.storage.Storage;
import io.coffer.storage.files.FilesSettings;
import io.coffer.storage.files.FilesStorage;
import io.coffer.storage.files.RowsWatcher;
import io.coffer.storage.files.World;
import io.coffer.storage.files.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A service over files in a world without chance and without threads behind the requests.
 *
 * @param root the data directory; only RocksDB's part of it is on the machine's disk
 * @param seed of all that is random
 */
record DiskWorld(Path root, Disk disk, RowsWatcher rows, SettableClock clock, long seed) {
  /** Small: a store is opened thousands of times. */
  static final FilesSettings SETTINGS =
      new FilesSettings(16 << 10, 0, 8 << 20, 8 << 20, 2, 64 << 20);

  /** Opens the directory, and starts a service over it. */
  StorageSite open() {
    return open(Durability.SYNC);
  }

  /** As that, with the durability of all writes. */
  StorageSite open(Durability durability) {
    return new StorageSite(
        storage(),
        clock,
        seed,
        storage -> {
          storage.close();
          return storage();
        },
        durability);
  }

  private Storage storage() {
    makeSecrets();
    var time = new AtomicLong();
    return FilesStorage.open(
        root, SETTINGS, new World(disk, time::incrementAndGet, new Random(seed), rows, false));
  }

  /** RocksDB, which is on the machine's disk, is told of this directory. */
  private void makeSecrets() {
    try {
      Files.createDirectories(root.resolve("secrets"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
