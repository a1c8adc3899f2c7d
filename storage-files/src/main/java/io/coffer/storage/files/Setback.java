package io.coffer.storage.files;

import io.coffer.storage.StorageException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * RocksDB did not write a group of batches. When the disk was full RocksDB goes on by itself: it
 * looks every five seconds whether its largest memtable fits, writes its memtables to tables, and
 * begins a new log, so that nothing of the old one's torn end counts. After any other failure what
 * the kernel has of the log is not to be trusted, and nothing is written until the next start.
 * Immutable.
 *
 * @param reason what RocksDB said
 * @param passes whether it passes when there is room
 * @param counters as the group would have written them
 * @param ids of the batches whose fate is not known
 * @param outcome as the group would have had it
 */
record Setback(String reason, boolean passes, Counters counters, Set<UUID> ids, Outcome outcome) {

  /** What became of the group. */
  record End(boolean written, Counters counters) {}

  static Setback of(Throwable cause, Group group, Set<UUID> ids) {
    boolean passes = cause instanceof RocksDBException e && Failures.isDiskFull(e);
    return new Setback(
        String.valueOf(cause.getMessage()),
        passes,
        group.counters(),
        Set.copyOf(ids),
        group.outcome());
  }

  /** Of no group: for good. */
  static Setback lasting(String reason) {
    return ofNoGroup(reason, false);
  }

  /** Of no group: until there is room. */
  static Setback passing(String reason) {
    return ofNoGroup(reason, true);
  }

  private static Setback ofNoGroup(String reason, boolean passes) {
    var nothing = new Outcome(Set.of(), List.of(), List.of(), List.of());
    return new Setback(reason, passes, new Counters(0, 0), Set.of(), nothing);
  }

  /** The same, for good. */
  Setback lasting(RocksDBException cause) {
    var said = String.valueOf(cause.getMessage());
    return new Setback(said, false, counters, ids, outcome);
  }

  /**
   * Looks whether RocksDB writes again.
   *
   * @return null when it does not
   * @throws RocksDBException it fails in another way
   */
  @Nullable End end(RowStore store) throws RocksDBException {
    try (var batch = new WriteBatch()) {
      var stored = Counters.read(store);
      // The group's revisions are not used again: whoever saw them saw this group.
      var next = new Counters(Math.max(stored.revision(), counters.revision()), stored.fileBytes());
      batch.put(store.handle(Family.META), Counters.KEY, next.encode());
      store.writeSynced(batch);
      return new End(stored.revision() >= counters.revision(), next);
    } catch (RocksDBException e) {
      if (Failures.isDiskFull(e)) {
        return null;
      }
      throw e;
    }
  }

  /** The answer to a batch of the group. */
  StorageException unknown(@Nullable Throwable cause) {
    return new StorageException.OutcomeUnknown("RocksDB did not write: " + reason, cause);
  }

  /** The answer to a batch that comes meanwhile. */
  StorageException answer(UUID batch) {
    if (ids.contains(batch)) {
      return unknown(null);
    }
    return passes
        ? Failures.stalled()
        : new StorageException.Failure(
            "nothing can be written until the server is started again, because writing failed: "
                + reason,
            null);
  }
}
