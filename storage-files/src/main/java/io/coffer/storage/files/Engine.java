package io.coffer.storage.files;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobId;
import io.coffer.storage.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The parts of an open storage, and the order in which they begin and end. Ending: nobody comes in,
 * all who are inside leave, what no batch adopted is deleted, the threads end, and RocksDB closes.
 */
record Engine(
    World world,
    FilesSettings settings,
    DataDirectory directory,
    DiskSpace space,
    Gate gate,
    RowStore store,
    Reads reads,
    Rows rows,
    Feed feed,
    Adopted adopted,
    Unadopted unadopted,
    BlobFiles files,
    Blobs blobs,
    Reaper reaper,
    Reclaimer reclaimer,
    Strays strays,
    Flusher flusher,
    Inspector inspector,
    Committer committer,
    Snapshots snapshots)
    implements AutoCloseable {
  private static final byte[] CLEAN = Keys.text("clean");
  private static final long SMALL_BLOBS_IN_MEMORY_BYTES = 16 << 20;
  private static final int DIRECT_BUFFERS_AT_MOST = 512;

  static Engine open(Path path, FilesSettings settings, World world) {
    RowStore.loadLibrary();
    if (world.threads()) {
      Snapshots.refuseInPlace(world.disk(), path);
    }
    var directory = DataDirectory.open(path, settings, world);
    try {
      if (!directory.isNew()) {
        RowFiles.checkTables(directory.rows(), directory.secrets(), settings);
      }
      if (isCopy(world, directory)) {
        SnapshotProperties.syncAll(world.disk(), directory.root());
      }
      var space = DiskSpace.of(directory.root(), world, settings.reserveBytes());
      var store =
          directory.isNew()
              ? RowStore.create(directory.rows(), settings, world.rows())
              : RowStore.open(directory.rows(), settings, world.rows());
      try {
        directory.finish();
        var engine = assemble(world, settings, directory, space, store);
        engine.start();
        return engine;
      } catch (IOException | RocksDBException | RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (RocksDBException e) {
      directory.refuse();
      throw Refusals.rows(directory.rows(), e);
    } catch (IOException e) {
      directory.refuse();
      throw Refusals.notWritable(directory.root(), e);
    } catch (RuntimeException e) {
      directory.refuse();
      throw e;
    }
  }

  private static Engine assemble(
      World world, FilesSettings settings, DataDirectory directory, DiskSpace space, RowStore store)
      throws RocksDBException {
    var gate = new Gate();
    var adopted = new Adopted(store);
    var unadopted = new Unadopted(SMALL_BLOBS_IN_MEMORY_BYTES);
    var files = new BlobFiles(world.disk(), directory.blobs());
    var buffers = new BufferPool(Footer.BLOCK_BYTES, DIRECT_BUFFERS_AT_MOST);
    var breakdown = new Breakdown();
    var reaper = new Reaper(store, adopted, files, breakdown);
    var flusher = new Flusher(world, store, files, reaper, breakdown);
    var freed = new Freed.Both(new Freed(), new Freed());
    var committer =
        new Committer(
            store, adopted, unadopted, reaper, flusher, freed, space, breakdown, world.threads());
    var reads = new Reads(gate, settings.readThreads());
    var snapshots = new Snapshots(world.disk(), directory.root(), true);
    return new Engine(
        world,
        settings,
        directory,
        space,
        gate,
        store,
        reads,
        new Rows(store),
        new Feed(store),
        adopted,
        unadopted,
        files,
        new Blobs(gate, reads, unadopted, adopted, files, buffers, space),
        reaper,
        new Reclaimer(store, space, freed, committer, breakdown, settings.reclaimBytes()),
        new Strays(
            world,
            files,
            adopted,
            unadopted,
            b -> discard(world, committer, b),
            snapshots,
            breakdown),
        flusher,
        new Inspector(store, files, adopted, unadopted),
        committer,
        snapshots);
  }

  /** Whether it is a copy of a snapshot that is about to be served. */
  private static boolean isCopy(World world, DataDirectory directory) throws IOException {
    return world.threads() && SnapshotProperties.isIn(world.disk(), directory.root());
  }

  private void start() throws RocksDBException, IOException {
    // A copy of a snapshot that is written to is none any more; who only looks changes nothing.
    if (isCopy(world, directory)) {
      world.disk().delete(directory.root().resolve(SnapshotProperties.NAME));
    }
    boolean clean = store.get(Family.META, CLEAN, ReadTier.READ_ALL_TIER) != null;
    if (clean) {
      mark(false);
    }
    flusher.start(adopted.unsynced());
    committer.start();
    if (world.threads()) {
      reaper.start();
      reclaimer.start();
    }
    strays.start(!clean);
  }

  /**
   * Forgets a blob that no batch adopted. When the machine fails before this is durable, the next
   * start finds the blob among those.
   */
  static void discard(World world, Committer committer, BlobId blob) {
    var random = world.random();
    var id = new UUID(random.nextLong(), random.nextLong());
    committer.discard(Batch.in(0, id).release(blob).durability(Durability.RELAXED).build());
  }

  /** Does now what is done behind the requests. */
  void settle() throws RocksDBException {
    flusher.flush();
    strays.settle();
    reaper.settle();
  }

  @Override
  public void close() {
    if (!gate.close()) {
      return;
    }
    boolean swept = strays.end();
    snapshots.end();
    reclaimer.close();
    committer.close();
    flusher.close();
    // after a failed write it is not known what RocksDB will find at the next start
    boolean sound =
        committer.setback().isEmpty() && flusher.owesNothing() && !files.hasLeftBehind();
    boolean deleted = sound && unadopted.all().stream().allMatch(this::deleteFile);
    reaper.close();
    reads.close();
    try {
      if (swept && deleted) {
        files.syncDeletions();
        mark(true);
      }
    } catch (IOException | RocksDBException e) {
      System.getLogger(Engine.class.getName())
          .log(System.Logger.Level.WARNING, "The next start will look for stray files", e);
    } finally {
      store.close();
      directory.close();
    }
  }

  /** Remembers, or not, that there are no files that no row knows. */
  private void mark(boolean clean) throws RocksDBException {
    try (var batch = new WriteBatch()) {
      if (clean) {
        batch.put(store.handle(Family.META), CLEAN, new byte[0]);
      } else {
        batch.delete(store.handle(Family.META), CLEAN);
      }
      store.writeSynced(batch);
    }
  }

  private boolean deleteFile(BlobId blob) {
    try {
      files.delete(blob);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
