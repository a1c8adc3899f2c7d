package io.coffer.storage.files;

import static io.coffer.storage.files.Given.adopted;
import static io.coffer.storage.files.Given.blobFiles;
import static io.coffer.storage.files.Given.randomBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.StorageException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A span ends where the damage begins, so that whoever reads it can say where that is. */
class DamagedSpanTest {
  private static final int LENGTH = 3_000_000;
  private static final int BLOCK = 64 << 10;

  @TempDir Path directory;

  @Test
  void theBlocksBeforeADamagedOneAreGivenBeforeItIsTold() throws Exception {
    try (var storage = FilesStorage.open(directory, FilesSettings.defaults())) {
      var blob = adopted(storage, randomBytes(LENGTH));
      int position = 1_700_000 + ThreadLocalRandom.current().nextInt(100_000);
      flip(blobFiles(directory).getFirst(), position);
      try (var reader = storage.read(blob, 100, LENGTH - 200)) {
        long end = 100;
        for (int i = 0; i < 2; i++) {
          var span = Objects.requireNonNull(reader.nextSpan());
          assertEquals(end, span.position());
          end += span.length();
        }
        assertEquals(position / BLOCK * BLOCK, end, "damage at " + position);
        var told = assertThrows(StorageException.Damaged.class, reader::nextSpan);
        assertTrue(String.valueOf(told.getMessage()).contains("bytes " + end + " to "));
        assertThrows(StorageException.Damaged.class, reader::next);
      }
    }
  }

  private static void flip(Path file, long position) throws Exception {
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(position);
      int was = bytes.read();
      bytes.seek(position);
      bytes.write(was ^ 1);
    }
  }
}
