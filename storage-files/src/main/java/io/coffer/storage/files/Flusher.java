package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.Durability;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Makes durable, behind the requests, what was answered before it was: the files of blobs, their
 * entries, then the rows' log. Only after that may the files go that those answers released: else a
 * failure of the machine could bring the old row back without its bytes, or keep the new one
 * without its own. Thread-safe; the thread is a platform thread, because RocksDB's sync would hold
 * the carrier of a virtual one.
 *
 * <p>Which adopted files are not synced yet is noted in RocksDB, in the batch that adopts them: a
 * process that is killed leaves them to the next one, which syncs them before it serves anybody. So
 * what is seen open is durable unless this process answered it.
 *
 * <p>A sync that failed is not tried again: the kernel may have dropped what it could not write. As
 * the answers are given, all that is left is to take no more, and to say why. When it was the rows'
 * log that found no room, RocksDB writes what it has in memory to tables once there is some; until
 * then nothing is taken either, so that no more is owed.
 */
final class Flusher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Flusher.class.getName());
  private static final long NANOS_BETWEEN_TRIES = 1_000_000_000L;
  private static final int GROUP_FILES_AT_MOST = 4_096;
  private static final int RELAXED_FILES_AT_MOST = 16_384;

  private final World world;
  private final RowStore store;
  private final FileSyncs files;
  private final Reaper reaper;
  private final Breakdown breakdown;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition owedMore = lock.newCondition();
  private final Condition roomMade = lock.newCondition();
  private final DebtQueue group = new DebtQueue(GROUP_FILES_AT_MOST);
  private final DebtQueue relaxed = new DebtQueue(RELAXED_FILES_AT_MOST);
  private final ReentrantLock passing = new ReentrantLock();

  /** Adopted blobs whose files are not synced. */
  private final Set<BlobId> unsynced = ConcurrentHashMap.newKeySet();

  private final Thread thread;
  private boolean ending;

  /** The rows' log could not be synced for want of room. */
  private volatile boolean full;

  /** When that is tried again. */
  private long nextTryNanos;

  Flusher(World world, RowStore store, BlobFiles files, Reaper reaper, Breakdown breakdown) {
    this.world = world;
    this.store = store;
    this.files = new FileSyncs(files, world.threads());
    this.reaper = reaper;
    this.breakdown = breakdown;
    thread = breakdown.thread("coffer-flusher", this::run);
  }

  /** Makes durable what an earlier process left, and begins. */
  void start(List<BlobId> left) {
    if (!left.isEmpty()) {
      unsynced.addAll(left);
      owe(List.of(Debt.of(Durability.SYNC, left, List.of())), true);
      pass(true);
    }
    if (world.threads()) {
      thread.start();
    }
  }

  /** Why nothing is taken for now; empty when it is. */
  Optional<Setback> setback() {
    return full ? Optional.of(Setback.passing("the disk is full")) : Optional.empty();
  }

  /** Whether the file of an adopted blob is still to be synced. */
  boolean isUnsynced(BlobId blob) {
    return unsynced.contains(blob);
  }

  /** To be told before the rows are written: what their batches leave to be done. */
  void expect(List<Debt> debts) {
    for (var debt : debts) {
      unsynced.addAll(debt.files());
      reaper.keep(debt.released());
    }
  }

  /** To be told when they were not written. */
  void expectNoMore(List<Debt> debts) {
    for (var debt : debts) {
      unsynced.removeAll(debt.files());
      reaper.keepNoMore(debt.released());
    }
  }

  /**
   * To be told after the rows are written. Never blocks for long.
   *
   * @param synced whether they, and so all rows before them, are durable
   */
  void owe(List<Debt> debts, boolean synced) {
    lock.lock();
    try {
      if (synced) {
        group.rowsAreDurable();
        relaxed.rowsAreDurable();
      }
      long now = world.nanoTime().getAsLong();
      boolean any = false;
      for (var debt : debts) {
        if (!synced || debt.size() > 0) {
          queue(debt.isRelaxed()).add(debt, !synced, now);
          any = true;
        }
      }
      if (any) { // else a thread would wake up for nothing before each answer
        owedMore.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Syncs a blob's file for somebody who cannot wait. When that fails and an answer depends on it,
   * nobody may try again: the kernel tells of such a failure only once.
   *
   * @param where its file has a name
   * @throws NoSuchFileException it has none there
   */
  void syncEarly(BlobId blob, BlobFiles where) throws IOException {
    try (var file = where.open(blob)) {
      try {
        file.sync();
      } catch (IOException e) {
        if (isUnsynced(blob)) {
          giveUp(FileSyncs.named(blob, e));
        }
        throw e;
      }
    }
  }

  /**
   * Makes all rows durable; on the committer's thread. Always with a sync: what the queues know of
   * rows is no guide while a pass is under way.
   */
  void syncRows() throws RocksDBException {
    store.syncLog();
    owe(List.of(), true);
  }

  /** Whether all that was answered is durable. */
  boolean owesNothing() {
    lock.lock();
    try {
      return !breakdown.isThere() && !full && group.isEmpty() && relaxed.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The file of an adopted blob need not be synced any more, because it was released. */
  void forget(BlobId blob) {
    unsynced.remove(blob);
  }

  /**
   * Waits, when so much is owed that more could not be paid in time. Not while nothing is paid:
   * then the commit says why.
   */
  void awaitRoom(Durability durability) {
    if (durability instanceof Durability.Sync) {
      return;
    }
    lock.lock();
    try {
      var queue = queue(durability instanceof Durability.Relaxed);
      while (queue.isFull() && !full && !breakdown.isThere() && world.threads()) {
        roomMade.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes everything durable that was answered before the call, or there is a setback. */
  void flush() {
    pass(true);
  }

  /** Ends the thread, and makes everything durable, or {@link #owesNothing} says that it is not. */
  @Override
  public void close() {
    lock.lock();
    try {
      ending = true;
      owedMore.signalAll();
    } finally {
      lock.unlock();
    }
    if (thread.getState() != Thread.State.NEW) {
      Waiting.forEndOf(thread);
    }
    pass(true);
  }

  private void run() {
    while (awaitDue()) {
      pass(false);
    }
  }

  /** False when it is the end. */
  private boolean awaitDue() {
    lock.lock();
    try {
      while (!ending && !breakdown.isThere()) {
        long now = world.nanoTime().getAsLong();
        long wait =
            full ? nextTryNanos - now : Math.min(group.waitNanos(now), relaxed.waitNanos(now));
        if (wait <= 0) {
          return true;
        }
        try {
          long ignored = owedMore.awaitNanos(wait);
        } catch (InterruptedException e) {
          // Nobody has a reason to interrupt this thread.
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Pays what is due, or everything. With relaxed writes all others are paid too: the files that
   * these release may be of objects that others have replaced.
   */
  private void pass(boolean everything) {
    passing.lock();
    try {
      var debt = new Debt();
      boolean rows;
      lock.lock();
      try {
        long now = world.nanoTime().getAsLong();
        rows = group.hasRows() || relaxed.hasRows();
        boolean all = everything || full || relaxed.waitNanos(now) <= 0;
        if (all || group.waitNanos(now) <= 0) {
          debt.add(group.take());
        }
        if (all) {
          debt.add(relaxed.take());
        }
        group.rowsAreDurable(); // or this pass fails, and sees to it that they will be
        relaxed.rowsAreDurable();
      } finally {
        lock.unlock();
      }
      if (!breakdown.isThere() && (full || rows || debt.size() > 0)) {
        pay(debt, rows);
      }
    } catch (RuntimeException | Error e) {
      giveUp(e); // else those who wait for room would wait for ever
    } finally {
      makeRoom();
      passing.unlock();
    }
  }

  private void pay(Debt debt, boolean rows) {
    try {
      files.sync(debt.files().stream().filter(unsynced::contains).toList());
      unsynced.removeAll(debt.files());
      syncRows(rows);
      forgetNotes(debt.files());
      reaper.offer(debt.released());
      if (full) {
        full = false;
        LOG.log(Level.INFO, "There is room again, and writing goes on");
      }
    } catch (RocksDBException e) {
      if (!Failures.isDiskFull(e)) {
        giveUp(e);
        return;
      }
      payLater(debt);
    } catch (IOException e) {
      giveUp(e);
    }
  }

  private void payLater(Debt debt) {
    lock.lock();
    try {
      if (!full) {
        LOG.log(Level.WARNING, "RocksDB met the end of the disk; writing waits for room");
      }
      full = true;
      long now = world.nanoTime().getAsLong();
      nextTryNanos = now + NANOS_BETWEEN_TRIES;
      group.add(debt, true, now);
      owedMore.signalAll(); // the thread may sleep for longer
    } finally {
      lock.unlock();
    }
  }

  private void syncRows(boolean owed) throws RocksDBException {
    if (full) {
      // The log's sync failed. A second one could lie, but tables are written anew.
      store.flush();
    } else if (owed) {
      store.syncLog();
    }
  }

  private void giveUp(Throwable cause) {
    breakdown.because("what was answered could not be made durable: " + cause.getMessage(), cause);
  }

  private void forgetNotes(Set<BlobId> synced) throws RocksDBException {
    if (synced.isEmpty()) {
      return;
    }
    try (var batch = new WriteBatch()) {
      for (var blob : synced) {
        batch.delete(store.handle(Family.META), Keys.unsynced(blob));
      }
      // Unsynced: when the machine fails now, the next start syncs them again.
      store.write(batch);
    }
  }

  private void makeRoom() {
    lock.lock();
    try {
      group.paid();
      relaxed.paid();
      roomMade.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private DebtQueue queue(boolean ofRelaxed) {
    return ofRelaxed ? relaxed : group;
  }
}
