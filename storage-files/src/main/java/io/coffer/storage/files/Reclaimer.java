package io.coffer.storage.files;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDBException;

/**
 * Keeps room on the disk, behind the requests: when it is short, RocksDB is told to give back what
 * its log and released small blobs take, which it does by itself only when much more was written;
 * and the {@link Ballast} is made when there is room for it. A platform thread, which looks once a
 * second.
 */
final class Reclaimer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reclaimer.class.getName());
  private static final long MIB = 1 << 20;

  /** Not at once, so that a start is quick and a short life leaves no ballast. */
  private static final long FIRST_LOOK_MILLIS = 5_000;

  private static final long LOOK_MILLIS = 1_000;

  /** Looks between two reclaims, so that they share the disk with the requests. */
  private static final int PAUSE_LOOKS = 3;

  /** The room counts as short from this multiple of the reserve on. */
  private static final double SHORT = 1.5;

  private final RowStore store;
  private final DiskSpace space;
  private final Freed freed;
  private final Committer committer;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition end = lock.newCondition();
  private int looksToPause;
  private boolean ending;

  Reclaimer(RowStore store, DiskSpace space, Freed freed, Committer committer) {
    this.store = store;
    this.space = space;
    this.freed = freed;
    this.committer = committer;
    thread = Thread.ofPlatform().daemon().name("coffer-reclaimer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Looks now. */
  void look() throws RocksDBException {
    committer.lookForRoom();
    space.makeAgain();
    if (looksToPause > 0) {
      looksToPause--;
      return;
    }
    if (space.isShort(SHORT) && (freed.bytes() >= MIB || store.loggedBytes() >= 16 * MIB)) {
      looksToPause = PAUSE_LOOKS;
      reclaim();
    }
  }

  /** Ends the thread, and a compaction that it has begun. */
  @Override
  public void close() {
    lock.lock();
    try {
      ending = true;
      end.signalAll();
    } finally {
      lock.unlock();
    }
    store.cancelCompaction();
    Waiting.forEndOf(thread);
  }

  private void run() {
    for (long wait = FIRST_LOOK_MILLIS; !endsWithin(wait); wait = LOOK_MILLIS) {
      try {
        look();
      } catch (RocksDBException | RuntimeException e) {
        LOG.log(Level.WARNING, "The room of what was deleted is not given back yet", e);
      }
    }
  }

  private void reclaim() throws RocksDBException {
    long needed = store.memtableBytes() + MIB;
    if (space.free() < needed) {
      space.giveUp();
    }
    if (space.free() < needed) {
      return; // RocksDB would meet the end of the disk, and refuse deletes too
    }
    var room = freed.take();
    try {
      store.flush();
      if (room.bytes() > 0) {
        store.compact(Family.INLINE, Keys.blob(room.first()), Keys.next(Keys.blob(room.last())));
      }
    } catch (RocksDBException e) {
      freed.add(room);
      throw e;
    }
  }

  private boolean endsWithin(long millis) {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!ending && nanos > 0) {
        nanos = end.awaitNanos(nanos);
      }
      return ending;
    } catch (InterruptedException e) {
      return true;
    } finally {
      lock.unlock();
    }
  }
}
