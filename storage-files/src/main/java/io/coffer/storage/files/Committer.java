package io.coffer.storage.files;

import io.coffer.storage.Batch;
import io.coffer.storage.Limits;
import io.coffer.storage.StorageException;
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
 * no more: its batches have an unknown outcome, and later ones fail until the next start.
 */
final class Committer implements AutoCloseable {
  private static final long GROUP_BYTES = 4 << 20;

  private static final class Pending {
    final @Nullable Batch batch;
    final CountDownLatch decided = new CountDownLatch(1);
    @Nullable StorageException refusal;

    Pending(@Nullable Batch batch) {
      this.batch = batch;
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
  private final BlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();
  private final Set<UUID> recent = new LinkedHashSet<>();
  private final Thread thread;
  private volatile Counters counters;
  private volatile @Nullable String failure;

  Committer(RowStore store, Adopted adopted, Unadopted unadopted, Reaper reaper, Flusher flusher)
      throws RocksDBException {
    this.store = store;
    this.adopted = adopted;
    this.unadopted = unadopted;
    this.reaper = reaper;
    this.flusher = flusher;
    counters = Counters.read(store);
    thread = Thread.ofPlatform().daemon().name("coffer-committer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** As {@link io.coffer.storage.Storage#commit}; not to be called after {@link #close}. */
  void commit(Batch batch) {
    var pending = new Pending(batch);
    waiting.add(pending);
    Waiting.forLatch(pending.decided);
    if (pending.refusal != null) {
      throw pending.refusal;
    }
  }

  Counters counters() {
    return counters;
  }

  /** Why nothing can be committed any more; empty when it can. */
  Optional<String> failure() {
    return Optional.ofNullable(failure).or(flusher::failure);
  }

  /** Ends the thread when all that waits is decided. */
  @Override
  public void close() {
    waiting.add(new Pending(null));
    Waiting.forEndOf(thread);
  }

  private void run() {
    while (true) {
      try {
        var first = waiting.take();
        if (first.batch == null) {
          return;
        }
        commitGroup(first);
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread; callers wait for it.
      }
    }
  }

  private void commitGroup(Pending first) {
    var members = new ArrayList<Pending>();
    try (var group = new Group(store, adopted, unadopted, flusher, counters)) {
      var ids = new LinkedHashSet<UUID>();
      for (@Nullable Pending next = first; next != null; next = nextFor(group)) {
        if (join(group, next, ids)) {
          members.add(next);
        }
      }
      write(group, members, ids);
    } catch (RuntimeException | Error e) {
      // Whoever waits has to be told, whatever it is.
      fail(members, e);
    }
  }

  /** The next waiting batch while there is room; null to write what there is. */
  private @Nullable Pending nextFor(Group group) {
    var next = group.bytes() < GROUP_BYTES && !group.isBroken() ? waiting.peek() : null;
    return next == null || next.batch == null ? null : waiting.poll();
  }

  /** True when the batch's fate is the group's; else it is decided. */
  private boolean join(Group group, Pending pending, Set<UUID> ids) {
    var batch = pending.batch;
    if (batch == null || recent.contains(batch.id())) {
      pending.decide(null);
      return false;
    }
    var reason = failure();
    if (reason.isPresent()) {
      pending.decide(readOnly(reason.get()));
      return false;
    }
    if (ids.contains(batch.id())) {
      return true;
    }
    try {
      group.join(batch);
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

  private void write(Group group, List<Pending> members, Set<UUID> ids) {
    if (group.isBroken()) {
      var broken = new StorageException.Failure("another batch broke the group", null);
      members.forEach(member -> member.decide(broken));
      return;
    }
    try {
      flusher.expect(group.debts());
      counters = group.write();
      if (group.isEmpty() && group.isSynced()) {
        flusher.syncRows();
      }
    } catch (RocksDBException e) {
      fail(members, e);
      return;
    }
    remember(ids);
    group.settled().forEach(unadopted::remove);
    group.spared().forEach(flusher::forget);
    reaper.offer(group.filesToDelete());
    if (!group.isEmpty()) {
      flusher.owe(group.debts(), group.isSynced());
    }
    members.forEach(member -> member.decide(null));
  }

  private void fail(List<Pending> members, Throwable cause) {
    failure = String.valueOf(cause.getMessage());
    var unknown = new StorageException.OutcomeUnknown("RocksDB did not write: " + failure, cause);
    members.forEach(member -> member.decide(unknown));
  }

  private void remember(Set<UUID> ids) {
    recent.addAll(ids);
    var oldest = recent.iterator();
    for (int over = recent.size() - Limits.BATCHES_REMEMBERED; over > 0; over--) {
      oldest.next();
      oldest.remove();
    }
  }

  private static StorageException readOnly(String reason) {
    return new StorageException.Failure(
        "nothing can be written until the server is started again, because RocksDB failed: "
            + reason,
        null);
  }
}
