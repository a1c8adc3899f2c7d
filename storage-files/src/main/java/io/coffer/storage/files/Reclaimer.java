package io.coffer.storage.files;

import io.coffer.storage.Bytes;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDBException;

/**
 * Keeps room on the disk, behind the requests: when much was deleted, or room is short, RocksDB is
 * told to give back what its log, deleted rows and released small blobs take, which it does by
 * itself only when much more was written; and the {@link Ballast} is made when there is room for
 * it. A platform thread, which looks once a second.
 */
final class Reclaimer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reclaimer.class.getName());
  private static final long MIB = 1 << 20;

  /** Not at once, so that a start is quick and a short life leaves no ballast. */
  private static final long FIRST_LOOK_MILLIS = 5_000;

  private static final long LOOK_MILLIS = 1_000;

  /** Looks between two reclaims, so that they share the disk with the requests. */
  private static final int PAUSE_LOOKS = 3;

  /** Deleted rows slow listings down, so that they are given back before they are so many bytes. */
  private static final int ROWS_SOONER = 4;

  /** Which part of a family has to be dead. */
  private static final double LEAST_SHARE = 0.25;

  /** What RocksDB takes for a new log, at most, and for what it notes beside it. */
  private static final long LOG_BYTES = 12 * MIB;

  /** Looks after which something is given back though more is being deleted. */
  private static final int LOOKS_AT_DELETING = 30;

  /** The room counts as short from this multiple of the reserve on. */
  private static final double SHORT = 1.5;

  private final RowStore store;
  private final DiskSpace space;
  private final Freed.Both freed;
  private final Committer committer;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition end = lock.newCondition();
  private final long leastBytes;
  private int looksToPause;
  private int looksAtDeleting;
  private long deadBytesBefore;
  private boolean ending;

  /** Whether compactions move less than they do when there is room. */
  private boolean isSparing;

  /**
   * @param leastBytes how much has to be dead to be given back though there is room
   */
  Reclaimer(
      RowStore store,
      DiskSpace space,
      Freed.Both freed,
      Committer committer,
      Breakdown breakdown,
      long leastBytes) {
    this.store = store;
    this.space = space;
    this.freed = freed;
    this.committer = committer;
    this.leastBytes = leastBytes;
    thread = breakdown.thread("coffer-reclaimer", this::run);
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
    if (space.isShort(SHORT)) {
      if (freed.blobs().bytes() >= MIB || store.loggedBytes() >= 16 * MIB) {
        looksToPause = PAUSE_LOOKS;
        reclaim();
      }
      return;
    }
    if (isSparing) {
      store.collectBlobFilesUpTo(RowStoreOptions.COLLECTED_SHARE);
      isSparing = false;
    }
    if (!isBeingDeleted()) {
      rewrite(Family.INLINE, freed.blobs(), leastBytes);
      rewrite(Family.ROWS, freed.rows(), leastBytes / ROWS_SOONER);
    }
  }

  /** True while much goes on being deleted, so that it is given back once and not bit by bit. */
  private boolean isBeingDeleted() {
    long dead = freed.blobs().bytes() + freed.rows().bytes();
    boolean grows = dead > deadBytesBefore + deadBytesBefore / 16;
    deadBytesBefore = dead;
    looksAtDeleting = grows ? looksAtDeleting + 1 : 0;
    return grows && looksAtDeleting % LOOKS_AT_DELETING != 0;
  }

  private void rewrite(Family family, Freed freed, long least) throws RocksDBException {
    double worthIt = Math.max(least, LEAST_SHARE * store.bytes(family));
    if (freed.bytes() < worthIt) {
      return;
    }
    var room = freed.take();
    if (store.deadBytes(family) < worthIt) {
      return; // RocksDB has given it back by itself, as it does while much is written
    }
    try {
      var first = room.first().toArray();
      var last = Keys.next(room.last().toArray());
      if (store.tableBytes(family, first, last) <= space.spare() / 2) {
        store.rewrite(family, first, last, share(1));
      } else {
        freed.add(room);
      }
    } catch (RocksDBException e) {
      freed.add(room);
      throw e;
    }
  }

  /** Learns from the tables what an earlier process deleted and did not give back. */
  private void remember(Family family, Freed freed) throws RocksDBException {
    freed.add(new Freed.Room(store.deadBytes(family), Bytes.empty(), Keys.LAST));
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
    boolean first = true;
    for (long wait = FIRST_LOOK_MILLIS; !endsWithin(wait); wait = LOOK_MILLIS) {
      try {
        if (first) {
          first = false;
          remember(Family.INLINE, freed.blobs());
          remember(Family.ROWS, freed.rows());
        }
        look();
      } catch (RocksDBException | RuntimeException e) {
        LOG.log(Level.WARNING, "The room of what was deleted is not given back yet", e);
      }
    }
  }

  /** Which share of the blob files may be moved, because the disk has room for all of it. */
  private double share(double most) throws RocksDBException {
    double spare = space.spare() / 2.0;
    return Math.min(most, spare / Math.max(1, store.blobFileBytes()));
  }

  private void reclaim() throws RocksDBException {
    long needed = store.memtableBytes() + LOG_BYTES;
    if (space.free() < needed) {
      space.giveUp();
    }
    if (space.free() < needed) {
      return; // RocksDB would meet the end of the disk, and refuse deletes too
    }
    // With writers about, each family would begin a log of its own, with room set aside for it.
    committer.alone(
        () -> {
          if (store.loggedBytes() >= MIB / 16) {
            store.flush();
          }
          compactFreed();
        });
  }

  private void compactFreed() throws RocksDBException {
    var room = freed.blobs().take();
    var first = room.first().toArray();
    var last = Keys.next(room.last().toArray());
    boolean fits = store.tableBytes(Family.INLINE, first, last) <= space.spare() / 2;
    boolean done = room.bytes() == 0;
    try {
      if (!done && fits && !store.isCompacting()) {
        store.collectBlobFilesUpTo(share(RowStoreOptions.COLLECTED_SHARE));
        isSparing = true;
        store.compact(Family.INLINE, first, last);
        done = true;
      }
    } finally {
      if (!done) {
        freed.blobs().add(room);
      }
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
