package io.coffer.storage;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Another storage, with faults that every caller must live with. What happens to the n-th call is
 * decided by the seed and n alone: the same calls in the same order meet the same faults. (The
 * calls of several threads are numbered as they come.)
 */
public final class Faulty implements Storage {
  private static final Duration SLOWNESS = Duration.ofMillis(5);

  private final Storage storage;
  private final Faults faults;

  /** Latest batches that were applied, whether or not anybody was told. */
  private final Set<UUID> applied = Collections.synchronizedSet(latest());

  /**
   * @param storage closed with this one
   * @param rates how probable each fault is for a call that it can befall, 0 to 1; those that
   *     exclude one another come to at most 1 together
   * @param slowness how long {@link Fault#SLOW} waits
   */
  public Faulty(Storage storage, long seed, Map<Fault, Double> rates, Duration slowness) {
    this.storage = storage;
    this.faults = new Faults(seed, rates, slowness);
  }

  /** A slow call waits five milliseconds. */
  public Faulty(Storage storage, long seed, Map<Fault, Double> rates) {
    this(storage, seed, rates, SLOWNESS);
  }

  /** How many faults of a kind there were: a test that met none has tested nothing. */
  public long injected(Fault fault) {
    return faults.count(fault);
  }

  @Override
  public Optional<Row> get(RowKey key) {
    faults.mayFail("get");
    return storage.get(key);
  }

  @Override
  public Page scan(RowRange range, Order order, int limit) {
    faults.mayFail("scan");
    return storage.scan(range, order, limit);
  }

  @Override
  public void commit(Batch batch) {
    switch (faults.ofCommit(applied.contains(batch.id()))) {
      case null -> apply(batch);
      case REFUSED -> throw new StorageException.Refused("injected: refused");
      case UNKNOWN_BEFORE -> throw new StorageException.OutcomeUnknown("injected: before", null);
      case UNKNOWN_AFTER -> loseTheAnswer(batch);
      case FAILURE -> throw Faults.failure("commit");
      case FULL -> throw Faults.full("commit");
      case SLOW -> throw new AssertionError("a slow call waits, and goes on");
    }
  }

  private void apply(Batch batch) {
    storage.commit(batch);
    applied.add(batch.id());
  }

  private void loseTheAnswer(Batch batch) {
    try {
      apply(batch);
    } catch (StorageException answer) {
      throw new StorageException.OutcomeUnknown("injected: after", answer);
    }
    throw new StorageException.OutcomeUnknown("injected: after", null);
  }

  @Override
  public Changes changes(@Nullable Cursor after, int limit) {
    faults.mayFail("changes");
    return storage.changes(after, limit);
  }

  @Override
  public void forget(Cursor upTo) {
    faults.mayFail("forget");
    storage.forget(upTo);
  }

  @Override
  public BlobWriter write(BlobId blob, BlobHint hint) {
    faults.mayFailOrFill("write");
    return new FaultyBlobWriter(storage.write(blob, hint), faults);
  }

  @Override
  public BlobReader read(BlobId blob, long offset, long length) {
    faults.mayFail("read");
    return new FaultyBlobReader(storage.read(blob, offset, length), faults);
  }

  @Override
  public Stream<BlobId> blobs(@Nullable BlobId after) {
    faults.mayFail("blobs");
    return storage.blobs(after);
  }

  @Override
  public void discard(BlobId blob) {
    faults.mayFail("discard");
    storage.discard(blob);
  }

  @Override
  public Verdict verify(BlobId blob, LongConsumer progress) {
    faults.mayFail("verify");
    return storage.verify(blob, progress);
  }

  @Override
  public Inspection inspect(@Nullable Cursor after) {
    faults.mayFail("inspect");
    return storage.inspect(after);
  }

  @Override
  public Usage usage() {
    faults.mayFail("usage");
    return storage.usage();
  }

  @Override
  public void close() {
    storage.close();
  }

  private static Set<UUID> latest() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > Limits.BATCHES_REMEMBERED;
          }
        });
  }
}
