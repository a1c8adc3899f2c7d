package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Bytes;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.disk.ForwardingDisk;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that does not take what is written. */
class FailedDiskTest {
  /** Kibibytes that a file of the child may have: its log needs more, RocksDB's library less. */
  private static final int FILE_KIB = 20_000;

  @TempDir Path directory;
  @TempDir Path temporary;

  @Test
  void whenRocksDbCannotWriteTheStorageIsReadOnlyUntilItIsOpenedAgain() throws Exception {
    var wrapper = List.of("bash", "-c", "ulimit -f " + FILE_KIB + "; exec \"$@\"", "bash");
    var process = Child.start(wrapper, temporary, WriteUntilFailure.class, directory.toString());
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    var lines = output.lines().toList();
    int acknowledged = Integer.parseInt(lines.getFirst());
    assertTrue(acknowledged > 10, output);
    assertEquals(
        List.of("OutcomeUnknown", "Failure", "ReadOnly", "readable"),
        lines.subList(1, lines.size()));

    try (var storage = FilesStorage.open(directory, FilesSettings.defaults())) {
      for (int i = 0; i < acknowledged; i++) {
        assertTrue(Given.row(storage, "row " + i).isPresent(), "row " + i);
      }
      Given.put(storage, "goes on", "1");
    }
  }

  /** Writes rows until the log may not grow, and says what happened. */
  static final class WriteUntilFailure {
    private WriteUntilFailure() {}

    public static void main(String... args) {
      var storage = FilesStorage.open(Path.of(args[0]), FilesSettings.defaults());
      int acknowledged = 0;
      String first;
      while (true) {
        try {
          put(storage, acknowledged);
          acknowledged++;
        } catch (StorageException e) {
          first = e.getClass().getSimpleName();
          break;
        }
      }
      System.out.println(acknowledged);
      System.out.println(first);
      try {
        put(storage, acknowledged);
      } catch (StorageException e) {
        System.out.println(e.getClass().getSimpleName());
      }
      System.out.println(storage.health().getClass().getSimpleName());
      System.out.println(Given.row(storage, "row 0").isPresent() ? "readable" : "unreadable");
      storage.close();
    }

    private static void put(FilesStorage storage, int row) {
      var value = Bytes.wrap(Given.randomBytes(50_000));
      storage.commit(Given.batch().put(Bytes.utf8("row " + row), value).build());
    }
  }

  @Test
  void aBlobWhoseEntryCannotBeSyncedIsAbandoned() throws Exception {
    var broken =
        new ForwardingDisk(new RealDisk()) {
          @Override
          public void sync(Path directory) throws IOException {
            throw new IOException("the disk is ill");
          }
        };
    var files = new BlobFiles(broken, directory);
    var buffers = new BufferPool(Footer.BLOCK_BYTES, 4);
    var writer = new BlobFileWriter(files, Given.newBlobId(), buffers);
    writer.write(ByteBuffer.wrap(Given.randomBytes(200_000)));
    assertThrows(IOException.class, () -> writer.seal(true));
    writer.abandon();

    try (var left = java.nio.file.Files.walk(directory)) {
      assertEquals(0, left.filter(java.nio.file.Files::isRegularFile).count());
    }
  }
}
