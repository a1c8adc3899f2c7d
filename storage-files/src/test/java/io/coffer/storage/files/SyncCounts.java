package io.coffer.storage.files;

import io.coffer.storage.files.disk.DiskFile;
import io.coffer.storage.files.disk.ForwardingDisk;
import io.coffer.storage.files.disk.ForwardingFile;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Counts what is synced in a world, in order, and lets it fail. */
final class SyncCounts extends ForwardingDisk implements RowsWatcher {
  /** One sync. */
  enum Sync {
    FILE,
    DIRECTORY,
    ROWS
  }

  private final List<Sync> syncs = Collections.synchronizedList(new ArrayList<>());
  private volatile @Nullable Sync failing;
  private volatile boolean failingDeletes;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private final AtomicInteger begun = new AtomicInteger();

  SyncCounts() {
    super(new RealDisk());
  }

  /** This machine, watched. */
  World world(boolean threads) {
    var real = World.real();
    return new World(this, real.nanoTime(), real.random(), this, threads);
  }

  /** All since the last call. */
  List<Sync> take() {
    var taken = List.copyOf(syncs);
    syncs.clear();
    return taken;
  }

  /** All since the last call, each kind once. */
  List<Sync> takeKinds() {
    return take().stream().distinct().toList();
  }

  Sync last() {
    return List.copyOf(syncs).getLast();
  }

  long count(Sync kind) {
    return List.copyOf(syncs).stream().filter(kind::equals).count();
  }

  /** From now on, syncs of this kind fail. */
  void fail(Sync kind) {
    failing = kind;
  }

  /** From now on, files are not synced before the latch is open. */
  void hold(CountDownLatch latch) {
    begun.set(0);
    held = latch;
  }

  /** Whether somebody waits for that. */
  boolean isHolding() {
    return begun.get() > 0 && held.getCount() > 0;
  }

  /** Whether files can be deleted. */
  void failDeletes(boolean fail) {
    failingDeletes = fail;
  }

  @Override
  public boolean delete(Path path) throws IOException {
    if (failingDeletes) {
      throw new IOException("the disk is ill");
    }
    return super.delete(path);
  }

  private void note(Sync kind) throws IOException {
    if (kind == failing) {
      throw new IOException("the disk is ill");
    }
    syncs.add(kind);
  }

  @Override
  public void sync(Path directory) throws IOException {
    super.sync(directory);
    note(Sync.DIRECTORY);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return watched(super.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return watched(super.open(file));
  }

  @Override
  public void after(Path rows, boolean synced) throws RocksDBException {
    if (synced) {
      if (failing == Sync.ROWS) {
        throw new RocksDBException("the disk is ill");
      }
      syncs.add(Sync.ROWS);
    }
  }

  private DiskFile watched(DiskFile file) {
    return new ForwardingFile(file) {
      @Override
      public void sync() throws IOException {
        begun.incrementAndGet();
        Waiting.forLatch(held);
        super.sync();
        note(Sync.FILE);
      }
    };
  }
}
