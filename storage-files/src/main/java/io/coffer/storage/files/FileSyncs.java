package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

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
    run(blobs.stream().<Step>map(blob -> () -> syncFile(blob, oneOfEachDirectory)).toList());
    run(oneOfEachDirectory.values().stream().<Step>map(b -> () -> files.syncEntry(b)).toList());
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
      throw new IOException("the file of blob " + blob + ": " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void run(List<? extends Step> steps) throws IOException {
    if (!onThreads || steps.size() < 2) {
      for (var step : steps) {
        step.run();
      }
      return;
    }
    var room = new Semaphore(AT_ONCE);
    var results = new ArrayList<Future<?>>();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
      for (var step : steps) {
        room.acquireUninterruptibly();
        results.add(
            threads.submit(
                () -> {
                  try {
                    step.run();
                    return step;
                  } finally {
                    room.release();
                  }
                }));
      }
    }
    for (var result : results) {
      throwFailure(result);
    }
  }

  private static void throwFailure(Future<?> done) throws IOException {
    if (done.state() == Future.State.FAILED) {
      var cause = done.exceptionNow();
      throw cause instanceof IOException e ? e : new IOException(cause);
    }
  }
}
