package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Syncs files of blobs and their entries, many at once: the file system makes one journal entry of
 * those that come together. One thread.
 */
final class FileSyncs {
  private static final int AT_ONCE = 16;

  private final BlobFiles files;
  private final boolean onThreads;

  /**
   * @param onThreads whether several at once, or one after the other
   */
  FileSyncs(BlobFiles files, boolean onThreads) {
    this.files = files;
    this.onThreads = onThreads;
  }

  /**
   * Returns when the files and their entries are durable. A file that is not there has been deleted
   * since, or was lost when the machine failed, which reading says.
   *
   * @throws IOException one may not be
   */
  void sync(Collection<BlobId> blobs) throws IOException {
    var oneOfEachDirectory = new ConcurrentHashMap<Path, BlobId>();
    run(
        blobs.stream()
            .<Parallel.Step>map(blob -> () -> syncFile(blob, oneOfEachDirectory))
            .toList());
    run(
        oneOfEachDirectory.values().stream()
            .<Parallel.Step>map(b -> () -> files.syncEntry(b))
            .toList());
  }

  private void syncFile(BlobId blob, Map<Path, BlobId> directories) throws IOException {
    try {
      files.sync(blob);
      var directory = files.path(blob).getParent();
      if (directory != null) {
        directories.put(directory, blob);
      }
    } catch (NoSuchFileException e) {
      // Nothing to sync.
    } catch (IOException e) {
      throw named(blob, e);
    }
  }

  static IOException named(BlobId blob, IOException e) {
    return new IOException("the file of blob " + blob + ": " + e.getMessage(), e);
  }

  private void run(List<Parallel.Step> steps) throws IOException {
    if (!onThreads || steps.size() < 2) {
      for (var step : steps) {
        step.run();
      }
      return;
    }
    try (var parallel = Parallel.virtual(AT_ONCE)) {
      for (var step : steps) {
        parallel.run(step);
      }
      parallel.finish();
    }
  }
}
