package io.coffer.storage.files;

import static io.coffer.storage.files.Given.adopted;
import static io.coffer.storage.files.Given.batch;
import static io.coffer.storage.files.Given.becomesTrue;
import static io.coffer.storage.files.Given.blobFiles;
import static io.coffer.storage.files.Given.randomBytes;
import static io.coffer.storage.files.Given.read;
import static io.coffer.storage.files.Given.sealed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in {@code blobs/}, and what happens when it is not what was written. */
class BlobFilesOnDiskTest {
  private static final int LENGTH = 300_000;

  @TempDir Path directory;
  private FilesStorage storage;

  @BeforeEach
  void open() {
    storage = FilesStorage.open(directory, FilesSettings.defaults());
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void theFirstBytesOfAFileAreTheBlob() throws IOException {
    var blob = adopted(storage, randomBytes(LENGTH));
    var file = file(blob);

    assertEquals(List.of(file), blobFiles(directory));
    assertArrayEquals(
        randomBytes(LENGTH), Arrays.copyOf(Files.readAllBytes(file), LENGTH), "head -c");
    assertEquals(Footer.fileBytes(LENGTH), Files.size(file));
  }

  @Test
  void blobsUpToTheThresholdHaveNoFile() throws IOException {
    adopted(storage, randomBytes(16 << 10));
    assertEquals(List.of(), blobFiles(directory));

    adopted(storage, randomBytes((16 << 10) + 1));
    assertEquals(1, blobFiles(directory).size());
  }

  @Test
  void aBlobStaysWhereItIsWhenTheThresholdChanges() {
    var small = adopted(storage, randomBytes(10_000));
    var large = adopted(storage, randomBytes(20_000));
    storage.close();
    storage = FilesStorage.open(directory, FilesSettings.defaults().withInlineBytes(0));
    var other = adopted(storage, randomBytes(10_001));
    var empty = adopted(storage, new byte[0]);
    storage.close();
    storage = FilesStorage.open(directory, FilesSettings.defaults().withInlineBytes(128 << 10));

    assertArrayEquals(randomBytes(10_000), read(storage, small, 0, 10_000));
    assertArrayEquals(randomBytes(20_000), read(storage, large, 0, 20_000));
    assertArrayEquals(randomBytes(10_001), read(storage, other, 0, 10_001));
    assertEquals(new Verdict.Sound(0), storage.verify(empty));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_535, 65_536, 200_000, LENGTH - 1})
  void aFlippedByteIsDamageOfItsBlockAlone(int position) throws IOException {
    var blob = adopted(storage, randomBytes(LENGTH));
    flip(blob, position);

    var damaged =
        assertThrows(StorageException.Damaged.class, () -> read(storage, blob, position, 1));
    assertTrue(String.valueOf(damaged.getMessage()).contains(blob.toString()));
    assertThrows(StorageException.Damaged.class, () -> read(storage, blob, 0, LENGTH));
    var verdict = assertInstanceOf(Verdict.Damaged.class, storage.verify(blob));
    assertTrue(verdict.detail().contains(blob.toString()));
    int elsewhere = (position / 65_536 + 1) % 4 * 65_536;
    assertArrayEquals(
        Arrays.copyOfRange(randomBytes(LENGTH), elsewhere, elsewhere + 10),
        read(storage, blob, elsewhere, 10));
  }

  @Test
  void everyFlippedByteOfAFooterIsDamage() throws IOException {
    var blob = adopted(storage, randomBytes(LENGTH));
    for (long i = LENGTH; i < Footer.fileBytes(LENGTH); i++) {
      flip(blob, i);
      assertInstanceOf(Verdict.Damaged.class, storage.verify(blob), "byte " + i);
      flip(blob, i);
    }

    assertEquals(new Verdict.Sound(LENGTH), storage.verify(blob));
  }

  @Test
  void aFileThatIsCutOffOrGrownIsDamaged() throws IOException {
    var blob = adopted(storage, randomBytes(LENGTH));
    for (long length : new long[] {Footer.fileBytes(LENGTH) + 1, LENGTH + 3, LENGTH, 100, 0}) {
      try (var file = new RandomAccessFile(file(blob).toFile(), "rw")) {
        file.setLength(length);
      }
      assertThrows(StorageException.Damaged.class, () -> read(storage, blob, 0, 10));
      assertInstanceOf(Verdict.Damaged.class, storage.verify(blob));
    }
  }

  @Test
  void theFileOfAnotherBlobIsDamage() throws IOException {
    var blob = adopted(storage, randomBytes(LENGTH));
    var other = adopted(storage, randomBytes(LENGTH));
    Files.copy(file(other), file(blob), StandardCopyOption.REPLACE_EXISTING);

    assertInstanceOf(Verdict.Damaged.class, storage.verify(blob));
    assertEquals(new Verdict.Sound(LENGTH), storage.verify(other));
  }

  @Test
  void aFileThatIsGoneIsDamage() throws IOException {
    var blob = adopted(storage, randomBytes(LENGTH));
    Files.delete(file(blob));

    assertThrows(StorageException.Damaged.class, () -> read(storage, blob, 0, 10));
    assertInstanceOf(Verdict.Damaged.class, storage.verify(blob));
  }

  @Test
  void theFileOfAReleasedBlobIsDeletedSoon() throws Exception {
    var blob = adopted(storage, randomBytes(LENGTH));
    var unadopted = sealed(storage, randomBytes(LENGTH));
    storage.commit(batch().release(blob).build());
    storage.discard(unadopted);

    assertTrue(becomesTrue(() -> blobFiles(directory).isEmpty()));
    assertEquals(0, storage.usage().blobBytes());
  }

  @Test
  void filesThatNoBatchAdoptedDoNotOutliveTheStorage() throws IOException {
    sealed(storage, randomBytes(LENGTH));
    var writer = storage.write(Given.newBlobId(), new BlobHint(LENGTH));
    writer.write(ByteBuffer.wrap(randomBytes(LENGTH)));
    assertEquals(2, blobFiles(directory).size());
    storage.close();

    assertEquals(List.of(), blobFiles(directory));
    assertThrows(StorageException.Failure.class, writer::seal);
    writer.close();
  }

  private Path file(BlobId blob) {
    return new BlobFiles(new RealDisk(), directory.resolve("blobs")).path(blob);
  }

  private void flip(BlobId blob, long position) throws IOException {
    try (var file = new RandomAccessFile(file(blob).toFile(), "rw")) {
      file.seek(position);
      int old = file.read();
      file.seek(position);
      file.write(old ^ 0x40);
    }
  }
}
