package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Durability;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.disk.DiskFile;
import io.coffer.storage.files.disk.ForwardingDisk;
import io.coffer.storage.files.disk.ForwardingFile;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Much was answered before it was durable, and then RocksDB's log finds no room. */
@Timeout(60)
class OwedOnFullDiskTest {
  /** More than may be owed in mode group. */
  private static final int FILES = 4_200;

  private static final Durability GROUP = new Durability.Group(Duration.ofMillis(20));
  private static final Status NO_SPACE =
      new Status(Status.Code.IOError, Status.SubCode.NoSpace, "No space left on device");

  @TempDir Path directory;

  private volatile boolean full;
  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicInteger fileSyncs = new AtomicInteger();

  @Test
  void itIsTriedAgainNowAndThenAndEverybodyIsAnswered() throws Exception {
    try (var storage = open()) {
      for (int i = 0; i < FILES; i++) {
        put(storage, i, Durability.RELAXED);
      }
      full = true;
      storage.engine().flusher().flush();
      assertInstanceOf(Health.NoRoom.class, storage.health());
      assertThrows(StorageException.Full.class, () -> putRow(storage, GROUP));
      assertThrows(StorageException.Full.class, () -> putRow(storage, Durability.SYNC));
      Thread.sleep(1_500);
      assertTrue(tries.get() <= 3, tries + " tries");

      full = false;
      assertTrue(becomesSound(storage));
      putRow(storage, GROUP);
      put(storage, FILES, Durability.SYNC);
      assertEquals(FILES + 1, fileSyncs.get(), "each file once");
    }
    open().close();
    assertEquals(FILES + 1, fileSyncs.get(), "nothing was left for the next start");
  }

  @Test
  void itKeepsNobodyFromStopping() {
    var storage = open();
    put(storage, 1, Durability.RELAXED);
    full = true;
    storage.engine().flusher().flush();
    storage.close();
    full = false;
    try (var again = open()) {
      assertTrue(fileSyncs.get() >= 1);
      assertInstanceOf(Health.Sound.class, again.health());
    }
  }

  private static boolean becomesSound(FilesStorage storage) throws Exception {
    return Given.becomesTrue(() -> storage.health() instanceof Health.Sound);
  }

  private static void put(FilesStorage storage, int number, Durability durability) {
    var blob = new BlobId(number, 0x111);
    try (var writer = storage.write(blob, new BlobHint(1, durability))) {
      writer.write(ByteBuffer.allocate(1));
      writer.seal();
    }
    storage.commit(Given.batch().adopt(blob).durability(durability).build());
  }

  private static void putRow(FilesStorage storage, Durability durability) {
    storage.commit(
        Given.batch().put(Bytes.utf8("a"), Bytes.utf8("1")).durability(durability).build());
  }

  private FilesStorage open() {
    var rows =
        new RowsWatcher() {
          @Override
          public void before(Path rows, boolean synced) throws RocksDBException {
            if (full && synced) {
              tries.incrementAndGet();
              throw new RocksDBException(NO_SPACE);
            }
          }
        };
    var settings = FilesSettings.defaults().withInlineBytes(0);
    return FilesStorage.open(directory, settings, Given.world(new CountingDisk(), rows));
  }

  /** Does not sync files, so that this takes no time. */
  private final class CountingDisk extends ForwardingDisk {
    CountingDisk() {
      super(new RealDisk());
    }

    @Override
    public DiskFile create(Path file) throws IOException {
      return counted(file, super.create(file));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
      return counted(file, super.open(file));
    }

    private DiskFile counted(Path path, DiskFile file) {
      return new ForwardingFile(file) {
        @Override
        public void sync() {
          if (path.startsWith(directory.resolve("blobs"))) {
            fileSyncs.incrementAndGet();
          }
        }
      };
    }
  }
}
