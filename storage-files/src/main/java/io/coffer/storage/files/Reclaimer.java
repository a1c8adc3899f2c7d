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
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition end = lock.newCondition();
  private Freed freed = new Freed();
  private int looksToPause;
  private boolean ending;

  Reclaimer(RowStore store, DiskSpace space) {
    this.store = store;
    this.space = space;
    thread = Thread.ofPlatform().daemon().name("coffer-reclaimer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Tells of released blobs, after the batch that released them is written. */
  void offer(Freed more) {
    if (more.bytes() > 0) {
      lock.lock();
      try {
        freed.add(more);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Looks now. */
  void look() throws RocksDBException {
    space.makeAgain();
    if (looksToPause > 0) {
      looksToPause--;
      return;
    }
    if (space.isShort(SHORT) && (pendingBytes() >= MIB || store.loggedBytes() >= 16 * MIB)) {
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
    var reclaimed = takePending();
    try {
      store.flush();
      var first = reclaimed.first();
      var last = reclaimed.last();
      if (first != null && last != null) {
        store.compact(Family.INLINE, Keys.blob(first), Keys.next(Keys.blob(last)));
      }
    } catch (RocksDBException e) {
      offer(reclaimed);
      throw e;
    }
  }

  private long pendingBytes() {
    lock.lock();
    try {
      return freed.bytes();
    } finally {
      lock.unlock();
    }
  }

  private Freed takePending() {
    lock.lock();
    try {
      var taken = freed;
      freed = new Freed();
      return taken;
    } finally {
      lock.unlock();
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
