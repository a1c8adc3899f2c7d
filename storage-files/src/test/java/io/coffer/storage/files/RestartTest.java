package io.coffer.storage.files;

import static io.coffer.storage.files.Given.becomesTrue;
import static io.coffer.storage.files.Given.blobFiles;
import static io.coffer.storage.files.Given.randomBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Bytes;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.disk.RealDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteBatch;

/** What one life of a storage leaves to the next. */
class RestartTest {
  @TempDir Path directory;

  @Test
  void everythingAcknowledgedIsThere() throws Exception {
    int writers = 32;
    int each = 50;
    try (var storage = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, writers)
              .mapToObj(
                  writer ->
                      threads.submit(
                          () -> {
                            for (int i = 0; i < each; i++) {
                              Given.put(storage, writer + "/" + i, Integer.toString(i));
                            }
                          }))
              .toList();
      for (var one : all) {
        one.get();
      }
    }

    try (var storage = open()) {
      for (int writer = 0; writer < writers; writer++) {
        for (int i = 0; i < each; i++) {
          var row = Given.row(storage, writer + "/" + i).orElseThrow();
          assertEquals(Bytes.utf8(Integer.toString(i)), row.value());
        }
      }
    }
  }

  @Test
  void revisionsGoOnGrowingThoughTheLastRowIsGone() {
    long highest = 0;
    for (int life = 0; life < 4; life++) {
      try (var storage = open()) {
        for (int i = 0; i < 5; i++) {
          Given.put(storage, "a", "1");
          long revision = Given.row(storage, "a").orElseThrow().revision().value();
          assertTrue(revision > highest, revision + " after " + highest);
          highest = revision;
        }
        storage.commit(Given.batch().delete(Bytes.utf8("a")).build());
      }
    }
  }

  @Test
  void releasesThatACrashCutShortAreFinished() throws Exception {
    open().close();
    var blob = Given.newBlobId();
    var files = new BlobFiles(new RealDisk(), directory.resolve("blobs"));
    files.create(blob).close();
    try (var store =
            RowStore.open(directory.resolve("rows"), FilesSettings.defaults(), RowsWatcher.NONE);
        var batch = new WriteBatch()) {
      batch.put(store.handle(Family.RELEASED), Keys.blob(blob), new byte[0]);
      store.writeSynced(batch);
    }
    assertEquals(1, blobFiles(directory).size());

    try (var storage = open()) {
      assertTrue(becomesTrue(() -> blobFiles(directory).isEmpty()));
      Assertions.assertThrows(StorageException.NoSuchBlob.class, () -> storage.read(blob, 0, 0));
    }
  }

  @Test
  void afterACrashFilesThatNoBatchAdoptedAreDeletedAndOthersStay() throws Exception {
    io.coffer.storage.BlobId adopted;
    try (var storage = open()) {
      adopted = Given.adopted(storage, randomBytes(100_000));
    }
    unmarkClean();
    var stray = Given.newBlobId();
    var files = new BlobFiles(new RealDisk(), directory.resolve("blobs"));
    files.create(stray).close();
    var foreign = directory.resolve("blobs/ab/c/README");
    Files.createDirectories(foreign.getParent());
    Files.writeString(foreign, "not a blob");

    try (var storage = open()) {
      var writing = Given.sealed(storage, randomBytes(100_001));
      assertTrue(becomesTrue(() -> !Files.exists(files.path(stray))));
      assertEquals(
          List.of(files.path(adopted), files.path(writing), foreign).stream().sorted().toList(),
          blobFiles(directory));
      assertEquals(100_000, Given.read(storage, adopted, 0, 100_000).length);
    }
  }

  private void unmarkClean() throws Exception {
    try (var store =
            RowStore.open(directory.resolve("rows"), FilesSettings.defaults(), RowsWatcher.NONE);
        var batch = new WriteBatch()) {
      batch.delete(store.handle(Family.META), Keys.text("clean"));
      store.writeSynced(batch);
    }
  }

  private FilesStorage open() {
    return FilesStorage.open(directory, FilesSettings.defaults());
  }
}
