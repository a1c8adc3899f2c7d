package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.storage.BlobHint;
import io.coffer.storage.Bytes;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room on the disk, and what is still allowed when there is little. */
class DiskSpaceTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong disk = new AtomicLong(1_000);
  private final AtomicLong time = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  @TempDir Path root;
  private DiskSpace space;

  @BeforeEach
  void askTheDisk() throws IOException {
    var ballast = Ballast.of(new RealDisk(), root, 0);
    space =
        new DiskSpace(
            () -> {
              asked.incrementAndGet();
              return disk.get();
            },
            time::get,
            160,
            ballast);
  }

  @Test
  void whatIsWrittenIsSubtractedUntilTheDiskIsAskedAgain() {
    space.take(800);
    assertEquals(200, space.free());
    assertThrows(StorageException.Full.class, () -> space.take(41));
    space.take(40);
    assertEquals(1, asked.get());

    time.addAndGet(2 * SECOND);
    assertEquals(1_000, space.free());
    assertEquals(2, asked.get());
  }

  @Test
  void beforeAnybodyIsRefusedTheDiskIsAskedAgain() {
    space.take(840);
    time.addAndGet(SECOND / 10);
    space.take(100);
    assertEquals(2, asked.get());
  }

  @Test
  void whatIsAnnouncedTakesNothingFromOthersWhileTheDiskIsAsked() throws IOException {
    var itself = new AtomicReference<@Nullable DiskSpace>();
    var others = new AtomicInteger();
    var asking =
        new DiskSpace(
            () -> {
              var meanwhile = itself.get();
              if (meanwhile != null) {
                meanwhile.take(1);
                others.incrementAndGet();
              }
              return 1_000;
            },
            time::get,
            160,
            Ballast.of(new RealDisk(), root, 0));
    itself.set(asking);
    time.addAndGet(SECOND / 2);
    assertThrows(StorageException.Full.class, () -> asking.check(5_000));
    assertEquals(1, others.get());
    assertEquals(1_000, asking.free());
  }

  @Test
  void whatFreesMayTakeOfTheReserveDownToAFloor() {
    disk.set(100);
    time.addAndGet(2 * SECOND);

    assertThrows(StorageException.Full.class, () -> space.take(0));
    space.takeToFree(90);
    assertThrows(StorageException.Full.class, () -> space.takeToFree(1));
  }

  @Test
  void onAFullDiskOnlyReadingAndDeletingGoOn(@TempDir Path directory) throws Exception {
    var bytes = Given.randomBytes(100_000);
    var storage = FilesStorage.open(directory, FilesSettings.defaults());
    var blob = Given.adopted(storage, bytes);
    Given.put(storage, "a", "1");
    assertInstanceOf(Health.Sound.class, storage.health());
    storage.close();

    long tooMuch = 2 * Files.getFileStore(directory).getUsableSpace();
    var settings = FilesSettings.defaults().withReserveBytes(tooMuch);
    try (var full = FilesStorage.open(directory, settings)) {
      assertInstanceOf(Health.NoRoom.class, full.health());
      assertThrows(
          StorageException.Full.class, () -> full.write(Given.newBlobId(), new BlobHint(10)));
      assertThrows(StorageException.Full.class, () -> Given.put(full, "b", "1"));
      assertEquals(bytes.length, Given.read(full, blob, 0, bytes.length).length);

      full.commit(Given.batch().delete(Bytes.utf8("a")).release(blob).build());
      assertEquals(Optional.empty(), Given.row(full, "a"));
      assertThrows(StorageException.NoSuchBlob.class, () -> full.read(blob, 0, 0));
    }
  }
}
