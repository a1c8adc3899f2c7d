package io.coffer.storage.files;

import static io.coffer.storage.files.Given.batch;
import static io.coffer.storage.files.Given.becomesTrue;
import static io.coffer.storage.files.Given.blobFiles;
import static io.coffer.storage.files.Given.randomBytes;
import static io.coffer.storage.files.Given.sealed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Durability;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody adopted comes back while the storage is open. */
class StraysTest {
  private static final int LARGE = 100_000;

  @TempDir Path directory;
  private final SyncCounts disk = new SyncCounts();
  private @Nullable FilesStorage opened;

  private FilesStorage open(boolean threads) {
    var storage = FilesStorage.open(directory, FilesSettings.defaults(), disk.world(threads));
    opened = storage;
    return storage;
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void theFileOfAWriterThatCouldNotDeleteItIsSwept() throws Exception {
    var storage = open(false);
    var kept = Given.adopted(storage, randomBytes(LARGE));
    disk.failDeletes(true);
    var writer = storage.write(Given.newBlobId(), new BlobHint(LARGE));
    writer.write(ByteBuffer.wrap(randomBytes(LARGE)));
    writer.close();
    disk.failDeletes(false);
    var open = storage.write(Given.newBlobId(), new BlobHint(LARGE));
    open.write(ByteBuffer.wrap(randomBytes(LARGE)));
    assertEquals(3, blobFiles(directory).size());

    storage.settle();
    assertEquals(2, blobFiles(directory).size(), "the adopted one, and the one being written");
    open.seal();
    storage.settle();
    assertEquals(2, blobFiles(directory).size());
    assertEquals(new Verdict.Sound(LARGE), storage.verify(kept));
  }

  @Test
  void theSweepLeavesReleasedFilesToTheReaper() throws Exception {
    var storage = open(true);
    var blob = Given.adopted(storage, randomBytes(LARGE));
    storage.commit(batch().release(blob).durability(Durability.RELAXED).build());
    storage.engine().strays().settle();
    assertEquals(List.of(file(blob)), blobFiles(directory));

    storage.engine().flusher().flush();
    assertTrue(becomesTrue(() -> blobFiles(directory).isEmpty()));
  }

  @Test
  void aReleasedFileThatCouldNotBeDeletedIsTriedAgain() throws Exception {
    var storage = open(true);
    var blob = Given.adopted(storage, randomBytes(LARGE));
    disk.failDeletes(true);
    storage.commit(batch().release(blob).build());
    Thread.sleep(200);
    assertEquals(List.of(file(blob)), blobFiles(directory));
    disk.failDeletes(false);
    assertTrue(becomesTrue(() -> blobFiles(directory).isEmpty()));
  }

  @Test
  void whatIsLeftOfASnapshotGoesAtEveryStart() throws Exception {
    var first = open(true);
    first.settle(); // so that the next start has nothing to look for
    first.close();
    var left = directory.resolve("snapshots/.one.old");
    Files.createDirectories(left.resolve("rows"));
    Files.writeString(left.resolve("rows/000010.sst"), "rows");
    open(true);
    assertTrue(becomesTrue(() -> !Files.exists(left)));
  }

  @Test
  void aBlobThatIsSealedForHoursIsForgotten() throws Exception {
    var storage = open(true);
    var small = sealed(storage, randomBytes(100));
    var large = sealed(storage, randomBytes(LARGE));
    storage.engine().strays().discardForgotten();
    assertArrayEquals(randomBytes(100), Given.read(storage, small, 0, 100));
    var later = sealed(storage, randomBytes(LARGE));

    storage.engine().strays().discardForgotten();
    assertThrows(StorageException.NoSuchBlob.class, () -> storage.read(small, 0, 1));
    assertThrows(StorageException.NoSuchBlob.class, () -> storage.read(large, 0, 1));
    assertThrows(
        StorageException.Failure.class, () -> storage.commit(batch().adopt(large).build()));
    assertTrue(becomesTrue(() -> blobFiles(directory).equals(List.of(file(later)))));
    storage.commit(batch().adopt(later).build());
    storage.engine().strays().discardForgotten();
    assertEquals(new Verdict.Sound(LARGE), storage.verify(later));
  }

  private Path file(BlobId blob) throws IOException {
    return new BlobFiles(new RealDisk(), directory.resolve("blobs")).path(blob);
  }
}
