package io.coffer.storage.files;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Order;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.files.disk.Disk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Words of the tests. */
final class Given {
  static final long GROUP = 7;

  private Given() {}

  /** This machine, but for the disk. */
  static World world(Disk disk) {
    return world(disk, RowsWatcher.NONE);
  }

  static World world(Disk disk, RowsWatcher rows) {
    var real = World.real();
    return new World(disk, real.nanoTime(), real.random(), rows, real.threads());
  }

  static Batch.Builder batch() {
    return Batch.in(GROUP, UUID.randomUUID());
  }

  static void put(Storage storage, String path, String value) {
    storage.commit(batch().put(Bytes.utf8(path), Bytes.utf8(value)).build());
  }

  static Optional<Row> row(Storage storage, String path) {
    return storage.get(new RowKey(GROUP, Bytes.utf8(path)));
  }

  static List<Row> rows(Storage storage) {
    return storage.scan(new RowRange(GROUP, Bytes.empty(), null), Order.ASCENDING, 1_000).rows();
  }

  static byte[] randomBytes(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static BlobId newBlobId() {
    return new BlobId(System.currentTimeMillis(), ThreadLocalRandom.current().nextLong());
  }

  static BlobId sealed(Storage storage, byte[] bytes) {
    var blob = newBlobId();
    try (var writer = storage.write(blob, BlobHint.UNKNOWN)) {
      writer.write(ByteBuffer.wrap(bytes));
      writer.seal();
    }
    return blob;
  }

  static BlobId adopted(Storage storage, byte[] bytes) {
    var blob = sealed(storage, bytes);
    storage.commit(batch().adopt(blob).build());
    return blob;
  }

  static byte[] read(Storage storage, BlobId blob, long offset, long length) {
    var bytes = new ByteArrayOutputStream();
    try (var reader = storage.read(blob, offset, length)) {
      for (var next = reader.next(); next != null; next = reader.next()) {
        var part = new byte[next.remaining()];
        next.get(part);
        bytes.writeBytes(part);
      }
    }
    return bytes.toByteArray();
  }

  /** The files of blobs in a data directory. */
  static List<Path> blobFiles(Path data) throws IOException {
    while (true) {
      try (var files = Files.walk(data.resolve("blobs"))) {
        return files.filter(Files::isRegularFile).sorted().toList();
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e;
        }
        // Deleted while it was listed: again.
      }
    }
  }

  /** Waits for what happens behind the requests. */
  static boolean becomesTrue(Condition condition) throws Exception {
    for (int i = 0; i < 6_000; i++) {
      if (condition.holds()) {
        return true;
      }
      Thread.sleep(10);
    }
    return false;
  }

  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }
}
