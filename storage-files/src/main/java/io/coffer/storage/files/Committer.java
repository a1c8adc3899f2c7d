package io.coffer.storage.files;

import io.coffer.storage.Batch;
import io.coffer.storage.Limits;
import io.coffer.storage.StorageException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The one thread that writes batches. While it syncs one group the next one gathers, so that a sync
 * is shared by all who wait; and because nobody else writes rows, what a batch expects can be
 * checked without locks. A platform thread, because RocksDB's sync would hold the carrier of a
 * virtual one.
 *
 * <p>When RocksDB fails to write, whether the group is on the disk is not known, and RocksDB takes
 * no more: its batches have an unknown outcome, and later ones fail, until there is room again or,
 * when it is not room that lacks, until the next start.
 */
final class Committer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Committer.class.getName());
  private static final long GROUP_BYTES = 4 << 20;

  /** How often it is tried, at the end of the disk, before those who wait are refused: 8 s. */
  private static final int TRIES = 80;

  private static final long MILLIS_BETWEEN_TRIES = 100;

  /** What runs between two groups. */
  @FunctionalInterface
  interface Step {
    void run() throws RocksDBException;
  }

  private static final class Pending {
    final @Nullable Batch batch;

    /** Whether it releases only blobs that no batch has adopted. */
    final boolean discards;

    final boolean isEnd;
    final CountDownLatch decided = new CountDownLatch(1);
    final @Nullable Step step;
    @Nullable StorageException refusal;
    @Nullable Throwable failure;

    Pending(@Nullable Batch batch, boolean discards, @Nullable Step step, boolean isEnd) {
      this.batch = batch;
      this.discards = discards;
      this.step = step;
      this.isEnd = isEnd;
    }

    static Pending of(Batch batch, boolean discards) {
      return new Pending(batch, discards, null, false);
    }

    static Pending of(@Nullable Step step) {
      return new Pending(null, false, step, false);
    }

    static Pending end() {
      return new Pending(null, false, null, true);
    }

    void runStep() {
      try {
        if (step != null) {
          step.run();
        }
      } catch (RocksDBException | RuntimeException | Error e) {
        failure = e; // of whoever wants the step
      } finally {
        decided.countDown();
      }
    }

    /** Decides what nobody has decided. */
    void fail(Throwable cause) {
      if (decided.getCount() > 0) {
        failure = cause;
        decide(new StorageException.OutcomeUnknown("the batch's group failed: " + cause, cause));
      }
    }

    void decide(@Nullable StorageException refusal) {
      this.refusal = refusal;
      decided.countDown();
    }
  }

  private final RowStore store;
  private final Adopted adopted;
  private final Unadopted unadopted;
  private final Reaper reaper;
  private final Flusher flusher;
  private final Freed.Both freed;
  private final DiskSpace space;
  private final Breakdown breakdown;
  private final int tries;
  private final BlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();
  private final Set<UUID> recent = new LinkedHashSet<>();
  private final Thread thread;
  private volatile Counters counters;
  private volatile @Nullable Setback setback;
  private int triesLeft;

  /**
   * @param patient whether batches wait a while for room at the end of the disk
   */
  Committer(
      RowStore store,
      Adopted adopted,
      Unadopted unadopted,
      Reaper reaper,
      Flusher flusher,
      Freed.Both freed,
      DiskSpace space,
      Breakdown breakdown,
      boolean patient)
      throws RocksDBException {
    this.store = store;
    this.adopted = adopted;
    this.unadopted = unadopted;
    this.reaper = reaper;
    this.flusher = flusher;
    this.freed = freed;
    this.space = space;
    this.breakdown = breakdown;
    tries = patient ? TRIES : 0;
    counters = Counters.read(store);
    thread = breakdown.thread("coffer-committer", this::run);
  }

  void start() {
    thread.start();
  }

  /** As {@link io.coffer.storage.Storage#commit}; not to be called after {@link #close}. */
  void commit(Batch batch) {
    commit(Pending.of(batch, false));
  }

  /** As {@link #commit}, but of the blobs that it releases those stay that a batch has adopted. */
  void discard(Batch batch) {
    commit(Pending.of(batch, true));
  }

  private void commit(Pending pending) {
    waiting.add(pending);
    Waiting.forLatch(pending.decided);
    if (pending.refusal != null) {
      throw pending.refusal;
    }
  }

  Counters counters() {
    return counters;
  }

  /** Why nothing can be committed at the moment; empty when it can. */
  Optional<Setback> setback() {
    return Optional.ofNullable(setback).or(breakdown::setback).or(flusher::setback);
  }

  /** Looks soon whether there is room again, though no batch comes. */
  void lookForRoom() {
    if (setback != null) {
      waiting.add(Pending.of(null));
    }
  }

  /** Runs a step while no batch is written; not to be called after {@link #close}. */
  void alone(Step step) throws RocksDBException {
    var pending = Pending.of(step);
    waiting.add(pending);
    Waiting.forLatch(pending.decided);
    switch (pending.failure) {
      case null -> {}
      case RocksDBException e -> throw e;
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Ends the thread when all that waits is decided. */
  @Override
  public void close() {
    waiting.add(Pending.end());
    Waiting.forEndOf(thread);
  }

  private void run() {
    while (true) {
      try {
        var first = waiting.take();
        if (first.isEnd) {
          return;
        }
        serve(first);
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread; callers wait for it.
      }
    }
  }

  private void serve(Pending first) {
    var taken = new ArrayList<Pending>();
    taken.add(first);
    try {
      goOn(first.batch == null ? 0 : triesLeft);
      if (first.batch == null) {
        first.runStep();
      } else {
        commitGroup(first, taken);
      }
    } catch (RuntimeException | Error e) {
      breakdown.because("rows could not be written: " + e, e);
      taken.forEach(pending -> pending.fail(e));
    }
  }

  /**
   * @param taken gets all that are taken from those who wait
   */
  private void commitGroup(Pending first, List<Pending> taken) {
    var members = new ArrayList<Pending>();
    var ids = new LinkedHashSet<UUID>();
    try (var group = new Group(store, adopted, unadopted, flusher, counters)) {
      try {
        for (@Nullable Pending next = first; next != null; next = nextFor(group)) {
          taken.add(next);
          if (join(group, next, ids)) {
            members.add(next);
          }
        }
        write(group, members, ids);
      } catch (RocksDBException | RuntimeException | Error e) {
        // Whoever waits has to be told, whatever it is.
        fail(group, members, ids, e);
      }
    }
  }

  /** The next waiting batch while there is room; null to write what there is. */
  private @Nullable Pending nextFor(Group group) {
    boolean full = group.bytes() >= GROUP_BYTES || group.isBroken() || setback != null;
    var next = full ? null : waiting.peek();
    return next == null || next.batch == null ? null : waiting.poll();
  }

  /** True when the batch's fate is the group's; else it is decided. */
  private boolean join(Group group, Pending pending, Set<UUID> ids) {
    var batch = pending.batch;
    if (batch == null || recent.contains(batch.id())) {
      pending.decide(null);
      return false;
    }
    var reason = setback();
    if (reason.isPresent()) {
      pending.decide(reason.get().answer(batch.id()));
      return false;
    }
    if (ids.contains(batch.id())) {
      return true;
    }
    try {
      takeRoom(batch);
      group.join(batch, pending.discards);
      ids.add(batch.id());
      return true;
    } catch (StorageException e) {
      pending.decide(e);
    } catch (RocksDBException e) {
      pending.decide(Failures.of("the rows cannot be read", e));
    } catch (RuntimeException | Error e) {
      pending.decide(new StorageException.Failure("the batch cannot be committed: " + e, e));
    }
    return false;
  }

  /** What only deletes may take of the reserve, because it makes room in the end. */
  private void takeRoom(Batch batch) {
    boolean puts = batch.writes().values().stream().anyMatch(Optional::isPresent);
    boolean deletes = batch.writes().values().stream().anyMatch(Optional::isEmpty);
    boolean frees = deletes || !batch.released().isEmpty();
    if (!batch.adopted().isEmpty() || (puts && !frees)) {
      space.take(0);
    } else {
      space.takeToFree(0);
    }
  }

  private void write(Group group, List<Pending> members, Set<UUID> ids) throws RocksDBException {
    if (group.isBroken()) {
      var broken = new StorageException.Failure("another batch broke the group", null);
      members.forEach(member -> member.decide(broken));
      return;
    }
    flusher.expect(group.outcome().debts());
    counters = group.write();
    if (group.isEmpty() && group.isSynced()) {
      flusher.syncRows();
    }
    remember(ids, group.outcome());
    if (!group.isEmpty()) {
      flusher.owe(group.outcome().debts(), group.isSynced());
    }
    freed.blobs().add(group.freedBlobs());
    freed.rows().add(group.freedRows());
    members.forEach(member -> member.decide(null));
  }

  private void fail(Group group, List<Pending> members, Set<UUID> ids, Throwable cause) {
    var failed = Setback.of(cause, group, ids);
    setback = failed;
    if (failed.passes()) {
      triesLeft = tries;
      space.setStalled(true);
      space.giveUp();
      LOG.log(Level.WARNING, "RocksDB met the end of the disk; writing waits for room");
    } else {
      LOG.log(Level.ERROR, "Nothing is written until the next start; reading goes on", cause);
    }
    var unknown = failed.unknown(cause);
    members.forEach(member -> member.decide(unknown));
  }

  /** Looks whether there is room again where it lacked, and learns what became of the group. */
  private void goOn(int mostTries) {
    var past = setback;
    if (past == null || !past.passes()) {
      return;
    }
    try {
      var end = past.end(store);
      for (int i = 0; end == null && i < mostTries; i++, triesLeft--) {
        pause();
        end = past.end(store);
      }
      if (end != null) {
        counters = end.counters();
        if (end.written()) {
          remember(past.ids(), past.outcome());
          flusher.owe(past.outcome().debts(), true);
        } else {
          flusher.expectNoMore(past.outcome().debts());
        }
        setback = null;
        space.setStalled(false);
        LOG.log(Level.INFO, "There is room again, and writing goes on");
      }
    } catch (RocksDBException e) {
      setback = past.lasting(e);
      LOG.log(Level.ERROR, "Nothing is written until the next start; reading goes on", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(MILLIS_BETWEEN_TRIES);
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; callers wait for it.
    }
  }

  private void remember(Set<UUID> ids, Outcome outcome) {
    outcome.settled().forEach(unadopted::remove);
    outcome.spared().forEach(flusher::forget);
    reaper.offer(outcome.filesToDelete());
    recent.addAll(ids);
    var oldest = recent.iterator();
    for (int over = recent.size() - Limits.BATCHES_REMEMBERED; over > 0; over--) {
      oldest.next();
      oldest.remove();
    }
  }
}
