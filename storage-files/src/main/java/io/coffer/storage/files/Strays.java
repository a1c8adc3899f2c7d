package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;

/**
 * Deletes, after a crash, the files that no batch adopted: nobody can adopt them any more, because
 * only the process that sealed a blob knows of it. Looks at every file, behind the requests, once.
 * A platform thread.
 */
final class Strays {
  private static final System.Logger LOG = System.getLogger(Strays.class.getName());

  private final BlobFiles files;
  private final Adopted adopted;
  private final Unadopted unadopted;
  private final Thread thread;
  private volatile boolean ending;
  private volatile boolean finished;

  Strays(BlobFiles files, Adopted adopted, Unadopted unadopted) {
    this.files = files;
    this.adopted = adopted;
    this.unadopted = unadopted;
    thread = Thread.ofPlatform().daemon().name("coffer-strays").unstarted(this::run);
  }

  /**
   * @param needed whether there may be any
   * @param onThread whether to look for them now, on a thread; else with {@link #settle}
   */
  void start(boolean needed, boolean onThread) {
    finished = !needed;
    if (needed && onThread) {
      thread.start();
    }
  }

  /** Looks at every file now, unless that was done. */
  void settle() {
    if (!finished) {
      run();
    }
  }

  /** Ends the thread; whether all files were seen. */
  boolean end() {
    ending = true;
    if (thread.getState() != Thread.State.NEW) {
      Waiting.forEndOf(thread);
    }
    return finished;
  }

  private void run() {
    try {
      int deleted = sweep(files.root(), 0);
      finished = !ending;
      if (deleted > 0) {
        LOG.log(System.Logger.Level.INFO, "Deleted {0} files of unfinished uploads", deleted);
      }
    } catch (IOException | RocksDBException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "Stray files stay until the next start", e);
    }
  }

  private int sweep(Path directory, int depth) throws IOException, RocksDBException {
    int deleted = 0;
    if (depth == 2) {
      files.mistrust(directory);
    }
    for (var entry : files.list(directory)) {
      if (ending) {
        return deleted;
      }
      if (depth < 2) {
        deleted += entry.isDirectory() ? sweep(entry.path(), depth + 1) : 0;
      } else if (isStray(entry.path())) {
        files.delete(BlobId.parse(entry.name()));
        deleted++;
      }
    }
    return deleted;
  }

  private boolean isStray(Path file) throws RocksDBException {
    BlobId blob;
    try {
      blob = BlobId.parse(file.getFileName().toString());
    } catch (IllegalArgumentException e) {
      return false; // not ours to delete
    }
    // In this order: a blob that is adopted meanwhile leaves the first after it is in the second.
    return files.path(blob).equals(file)
        && !unadopted.contains(blob)
        && adopted.place(blob, ReadTier.READ_ALL_TIER) == null;
  }
}
