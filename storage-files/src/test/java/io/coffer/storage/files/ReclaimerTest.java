package io.coffer.storage.files;

import static io.coffer.storage.files.Given.batch;
import static io.coffer.storage.files.Given.becomesTrue;
import static io.coffer.storage.files.Given.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Durability;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The room of deleted small blobs and rows comes back while the storage is open. */
class ReclaimerTest {
  private static final long MIB = 1 << 20;
  private static final int OBJECTS = 4_000;
  private static final int LENGTH = 4_096;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theRoomOfWhatWasDeletedComesBack(int every) throws Exception {
    try (var storage = open(MIB)) {
      var blobs = fill(storage);
      long full = inlineBytes(storage);
      assertTrue(full > 8 * MIB, "too few bytes are in tables: " + full);
      for (int i = 0; i < OBJECTS; i += every) {
        storage.commit(
            batch().delete(path(i)).release(blobs.get(i)).durability(Durability.RELAXED).build());
      }
      long left = full - full / every;
      assertTrue(
          becomesTrue(() -> inlineBytes(storage) < left + 3 * MIB),
          () -> inlineBytes(storage) + " bytes of " + full + " stay");
      for (int i = 1; i < OBJECTS && every == 2; i += 501) {
        i |= 1;
        assertArrayEquals(randomBytes(LENGTH), Given.read(storage, blobs.get(i), 0, LENGTH));
      }
      assertEquals(every == 1 ? 0 : OBJECTS / 2, rows(storage));
    }
  }

  @Test
  void theNextStartFindsWhatTheLastOneDidNotGiveBack() throws Exception {
    long full;
    try (var storage = open(1L << 40)) {
      var blobs = fill(storage);
      // One table, so that RocksDB has no reason to give anything back by itself.
      storage.engine().store().flush();
      storage.engine().store().rewrite(Family.INLINE, new byte[0], Keys.LAST.toArray(), 1);
      for (int i = 0; i < OBJECTS; i++) {
        storage.commit(
            batch().delete(path(i)).release(blobs.get(i)).durability(Durability.RELAXED).build());
      }
    }
    try (var storage = open(1L << 40)) {
      full = inlineBytes(storage);
      assertTrue(full > 8 * MIB, full + " bytes are left to give back");
    }
    try (var storage = open(MIB)) {
      assertTrue(
          becomesTrue(() -> inlineBytes(storage) < 3 * MIB),
          () -> inlineBytes(storage) + " bytes of " + full + " stay");
    }
  }

  private List<BlobId> fill(FilesStorage storage) {
    var blobs = new ArrayList<BlobId>();
    for (int i = 0; i < OBJECTS; i++) {
      var blob = Given.newBlobId();
      try (var writer = storage.write(blob, new BlobHint(LENGTH, Durability.RELAXED))) {
        writer.write(ByteBuffer.wrap(randomBytes(LENGTH)));
        writer.seal();
      }
      storage.commit(
          batch()
              .put(path(i), Bytes.utf8(blob.toString()))
              .adopt(blob)
              .durability(Durability.RELAXED)
              .build());
      blobs.add(blob);
    }
    return blobs;
  }

  private static Bytes path(int object) {
    return Bytes.utf8("object " + object);
  }

  private static int rows(FilesStorage storage) {
    int count = 0;
    for (int i = 0; i < OBJECTS; i++) {
      count += Given.row(storage, "object " + i).isPresent() ? 1 : 0;
    }
    return count;
  }

  private static long inlineBytes(FilesStorage storage) {
    try {
      return storage.engine().store().bytes(Family.INLINE);
    } catch (org.rocksdb.RocksDBException e) {
      throw new AssertionError(e);
    }
  }

  private FilesStorage open(long reclaimBytes) {
    var settings = new FilesSettings(16 << 10, 0, 8 * MIB, 4 * MIB, 2, reclaimBytes);
    return FilesStorage.open(directory, settings);
  }
}
