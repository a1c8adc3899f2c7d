package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Deletes the files of released blobs, behind the requests. What is to be deleted is in RocksDB
 * from the batch that released it until the file is gone; the queue is only the fast way to learn
 * of it. A platform thread.
 */
final class Reaper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reaper.class.getName());
  private static final int QUEUED_AT_MOST = 1 << 16;
  private static final int AT_ONCE = 256;
  private static final long PAUSE_MILLIS = 5_000;

  private final RowStore store;
  private final Adopted adopted;
  private final BlobFiles files;
  private final BlockingQueue<BlobId> queue = new LinkedBlockingQueue<>(QUEUED_AT_MOST);
  private final Set<BlobId> kept = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  /** Held while files are deleted, and by who needs them to stay. */
  private final ReentrantLock deleting = new ReentrantLock();

  /** Whether RocksDB may know of more than the queue does; so it is at the start. */
  private volatile boolean behind = true;

  /** Whether some of what was to be deleted is still there, so that it is to be tried again. */
  private volatile boolean failed;

  private volatile boolean ending;

  Reaper(RowStore store, Adopted adopted, BlobFiles files, Breakdown breakdown) {
    this.store = store;
    this.adopted = adopted;
    this.files = files;
    thread = breakdown.thread("coffer-reaper", this::run);
  }

  void start() {
    thread.start();
  }

  /** Deletes now what is to be deleted; where there is no thread that does. */
  void settle() throws RocksDBException {
    catchUp();
  }

  /** Files of released blobs are to stay until they are offered. */
  void keep(List<BlobId> released) {
    kept.addAll(released);
  }

  /** Their batch was not written. */
  void keepNoMore(List<BlobId> notReleased) {
    notReleased.forEach(kept::remove);
  }

  boolean keeps(BlobId released) {
    return kept.contains(released);
  }

  /**
   * Tells of released blobs, when the batch that released them is durable, and the blobs that it
   * adopted. Never blocks.
   */
  void offer(List<BlobId> released) {
    for (var blob : released) {
      kept.remove(blob);
      if (!queue.offer(blob)) {
        behind = true;
      }
    }
  }

  /** No file is deleted until the same thread has closed this; what is released meanwhile waits. */
  Hold hold() {
    deleting.lock();
    return deleting::unlock;
  }

  /** Keeps the files of released blobs while it is open. */
  @FunctionalInterface
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** Ends the thread; what it did not get to is for the next start. */
  @Override
  public void close() {
    ending = true;
    thread.interrupt();
    Waiting.forEndOf(thread);
  }

  private void run() {
    while (!ending) {
      try {
        if (behind) {
          catchUp();
        } else {
          var next = new ArrayList<BlobId>();
          next.add(queue.take());
          queue.drainTo(next, AT_ONCE - 1);
          delete(next);
        }
      } catch (InterruptedException e) {
        // The end, which the loop's condition sees.
      } catch (RocksDBException | RuntimeException e) {
        failed = true;
        LOG.log(System.Logger.Level.WARNING, "Released blobs stay for now: " + e.getMessage());
      }
      if (failed) {
        failed = false;
        behind = true;
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      // The end, which the loop's condition sees.
    }
  }

  /** Deletes what RocksDB knows of: all that the queue does, and more. */
  private void catchUp() throws RocksDBException {
    behind = false;
    queue.clear();
    @Nullable BlobId last = null;
    for (var page = page(last); !page.isEmpty() && !ending; page = page(last)) {
      delete(page.stream().filter(blob -> !keeps(blob)).toList());
      last = page.getLast();
    }
  }

  private List<BlobId> page(@Nullable BlobId after) throws RocksDBException {
    return adopted.released(after, AT_ONCE);
  }

  private void delete(List<BlobId> released) throws RocksDBException {
    try (var held = hold();
        var done = new WriteBatch()) {
      for (var blob : released) {
        try {
          files.delete(blob);
          done.delete(store.handle(Family.RELEASED), Keys.blob(blob));
        } catch (IOException e) {
          failed = true;
          LOG.log(System.Logger.Level.WARNING, "The file of blob " + blob + " stays for now", e);
        }
      }
      // Unsynced: when the machine fails now, the next start does it again.
      store.write(done);
    }
  }
}
