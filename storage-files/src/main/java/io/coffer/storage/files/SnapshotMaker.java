package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.StorageException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;

/**
 * Makes a snapshot of an open storage, while requests go on. First no file of a blob is deleted any
 * more; then RocksDB makes a checkpoint; then each file that the checkpoint's rows know gets a
 * second name; then files may be deleted again. What was acknowledged before is in it whole,
 * because a row is written after its blob's file is; and durably, because the files that were
 * acknowledged before they were synced are noted among the rows, and synced here. A platform
 * thread.
 */
final class SnapshotMaker {
  private static final FilesSettings SMALL = new FilesSettings(0, 0, 8 << 20, 8 << 20, 1);
  private static final byte[] FIRST = new byte[0];
  private static final int AT_ONCE = 256;
  private static final long REPORT_EVERY = 100_000;

  private final Engine engine;
  private final String name;
  private final Instant time;
  private final Consumer<String> progress;
  private final LongAdder missing = new LongAdder();
  private long blobs;
  private long blobBytes;
  private long files;
  private long fileBytes;

  SnapshotMaker(Engine engine, String name, Instant time, Consumer<String> progress) {
    this.engine = engine;
    this.name = name;
    this.time = time;
    this.progress = progress;
  }

  /** Makes it in an empty directory. */
  Snapshot in(Path directory) throws IOException {
    var disk = engine.world().disk();
    // RocksDB writes its memtables, which it must be able to: if it cannot it takes no more writes.
    engine.space().take(engine.settings().memtableBytes());
    var rows = directory.resolve(DataDirectory.ROWS);
    var linked = directory.resolve(DataDirectory.BLOBS);
    var secrets = directory.resolve(DataDirectory.SECRETS);
    disk.makeDirectory(linked);
    disk.makeDirectory(secrets);
    try (var parallel = new Parallel()) {
      var copies = new BlobFiles(disk, linked);
      try (var held = engine.reaper().hold()) {
        engine.store().checkpoint(rows);
        engine.store().syncLog(); // of which the checkpoint has parts that it did not sync
        FileCopy.closeToOthers(rows);
        progress.accept("The rows are held; linking the files.");
        link(rows, copies, parallel);
      }
      progress.accept(String.format(Locale.ROOT, "Linked %,d files; syncing.", files));
      copies.syncAll(parallel);
    } catch (RocksDBException e) {
      throw new IOException("RocksDB: " + e.getMessage(), e);
    }
    disk.sync(rows);
    FileCopy.copyFiles(engine.directory().secrets(), secrets);
    disk.sync(secrets);
    DirectoryProperties.read(disk, engine.directory().root()).write(disk, directory);
    var snapshot =
        new Snapshot(
            name,
            time,
            engine.directory().id(),
            blobs,
            blobBytes,
            files,
            fileBytes,
            FileCopy.bytes(rows),
            missing.sum());
    SnapshotProperties.write(disk, directory, snapshot);
    return snapshot;
  }

  private void link(Path rows, BlobFiles copies, Parallel parallel)
      throws IOException, RocksDBException {
    try (var image = RowStore.openReadOnly(rows, SMALL);
        var known = image.range(Family.BLOBS, FIRST, null, ReadTier.READ_ALL_TIER)) {
      var next = new ArrayList<BlobId>();
      for (boolean found = known.first(); found; found = known.next()) {
        var place = Place.decode(known.value());
        blobs++;
        blobBytes += place.length();
        if (place.inFile()) {
          files++;
          fileBytes += place.length();
          next.add(Keys.blob(known.key()));
          if (next.size() == AT_ONCE) {
            link(List.copyOf(next), copies, parallel);
            next.clear();
          }
        }
      }
      link(next, copies, parallel);
      parallel.finish();
      for (var blob : new Adopted(image).unsynced()) {
        sync(blob, copies);
      }
    }
  }

  private void sync(BlobId blob, BlobFiles copies) throws IOException {
    try {
      engine.flusher().syncEarly(blob, copies);
    } catch (NoSuchFileException e) {
      // It is missing, and counted as that.
    }
  }

  private void link(List<BlobId> some, BlobFiles copies, Parallel parallel) throws IOException {
    // The storage is not kept from closing: the next start removes what there is.
    engine.gate().checkOpen();
    parallel.run(
        () -> {
          for (var blob : some) {
            if (!engine.files().link(blob, copies)) {
              missing.increment();
              System.getLogger(SnapshotMaker.class.getName())
                  .log(
                      System.Logger.Level.ERROR,
                      new StorageException.Damaged("blob " + blob + ": its file is missing"));
            }
          }
        });
    if (files % REPORT_EVERY < AT_ONCE && files >= REPORT_EVERY) {
      progress.accept(
          String.format(Locale.ROOT, "Linked %,d files.", files / REPORT_EVERY * REPORT_EVERY));
    }
  }
}
