package io.coffer.storage.files;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.BlobWriter;
import io.coffer.storage.Changes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Durability;
import io.coffer.storage.Inspection;
import io.coffer.storage.Jump;
import io.coffer.storage.Limits;
import io.coffer.storage.Order;
import io.coffer.storage.Page;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.Usage;
import io.coffer.storage.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * A storage in a directory: rows and small blobs in RocksDB, larger blobs in files of their own. A
 * commit returns when everything that it says is on the disk: the blobs' bytes, their files'
 * entries, and then the rows; or, when its batch wants less ({@link Durability}), when the
 * operating system has it all. After a crash the rows are the truth, and nothing is repaired.
 */
public final class FilesStorage implements Storage {
  private final Engine engine;

  private FilesStorage(Engine engine) {
    this.engine = engine;
  }

  /**
   * Opens the data directory, and makes it when there is none; locks it until {@link #close}.
   *
   * @throws DirectoryInUse another server has it open
   * @throws DirectoryUnusable it cannot be used; it was not changed
   */
  public static FilesStorage open(Path directory, FilesSettings settings) {
    return open(directory, settings, World.real());
  }

  /** As {@link #open(Path, FilesSettings)}, in a world of the caller's. */
  public static FilesStorage open(Path directory, FilesSettings settings, World world) {
    return new FilesStorage(Engine.open(directory, settings, world));
  }

  /** Its parts, for tests of them. */
  Engine engine() {
    return engine;
  }

  /** The id of this store, made with the directory. */
  public UUID id() {
    return engine.directory().id();
  }

  /** A directory for keys that the owner alone may read. */
  public Path secrets() {
    return engine.directory().secrets();
  }

  /** The snapshots in this directory. */
  public Snapshots snapshots() {
    return engine.snapshots();
  }

  /**
   * Makes a snapshot, while requests go on: all that was acknowledged before the call is in it, and
   * what is acknowledged during the call may be.
   *
   * @param name of the new one
   * @param time now
   * @param progress is told, in sentences, how far it is; must not block
   * @throws SnapshotFailure there is one of this name, or it cannot be made
   * @throws io.coffer.storage.StorageException.Full there is too little room for what is in memory
   */
  public Snapshot snapshot(String name, Instant time, Consumer<String> progress) {
    engine.gate().enter();
    try {
      var maker = new SnapshotMaker(engine, name, time, progress);
      return Waiting.forResult("coffer-snapshot", () -> engine.snapshots().create(name, maker::in));
    } finally {
      engine.gate().exit();
    }
  }

  /** Whether this storage can do its work. */
  public Health health() {
    var setback = engine.committer().setback();
    if (setback.isPresent() && !setback.get().passes()) {
      return new Health.ReadOnly(setback.get().reason());
    }
    var space = engine.space();
    return setback.isPresent() || space.isShort(1)
        ? new Health.NoRoom(space.free(), space.needed())
        : new Health.Sound();
  }

  @Override
  public Optional<Row> get(RowKey key) {
    return read("a row", tier -> engine.rows().get(key, tier));
  }

  @Override
  public Page scan(RowRange range, Order order, int limit) {
    checkLimit(limit);
    return read("rows", tier -> engine.rows().scan(range, order, limit, tier));
  }

  @Override
  public Page scan(RowRange range, int limit, Jump jump) {
    checkLimit(limit);
    return read("rows", tier -> engine.rows().scan(range, limit, jump, tier));
  }

  private static void checkLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of " + limit + " rows");
    }
  }

  @Override
  public void commit(Batch batch) {
    engine.gate().enter();
    try {
      if (batch.durability() instanceof Durability.Sync) {
        engine.blobs().sync(batch.adopted(), engine.flusher());
      } else {
        engine.flusher().awaitRoom(batch.durability());
      }
      engine.committer().commit(batch);
    } finally {
      engine.gate().exit();
    }
  }

  @Override
  public Changes changes(@Nullable Cursor after, int limit) {
    if (limit < 1 || limit > Limits.PAGE_ROWS) {
      throw new IllegalArgumentException("a page of " + limit + " announcements");
    }
    return read("the change feed", tier -> engine.feed().changes(after, limit, tier));
  }

  @Override
  public void forget(Cursor upTo) {
    try {
      engine
          .reads()
          .runPooled(
              tier -> {
                engine.feed().forget(upTo);
                return upTo;
              });
    } catch (RocksDBException e) {
      throw Failures.of("announcements cannot be forgotten", e);
    }
  }

  @Override
  public BlobWriter write(BlobId blob, BlobHint hint) {
    engine.gate().checkOpen();
    return engine.blobs().write(blob, hint, engine.settings().inlineBytes());
  }

  @Override
  public BlobReader read(BlobId blob, long offset, long length) {
    return engine.blobs().read(blob, offset, length);
  }

  @Override
  public Stream<BlobId> blobs(@Nullable BlobId after) {
    var ids = new BlobList(engine.reads(), engine.adopted(), engine.unadopted(), after);
    int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(ids, traits), false);
  }

  @Override
  public void discard(BlobId blob) {
    engine.gate().enter();
    try {
      engine.space().takeToFree(0);
      Engine.discard(engine.world(), engine.committer(), blob);
    } finally {
      engine.gate().exit();
    }
  }

  @Override
  public Verdict verify(BlobId blob, LongConsumer progress) {
    return engine.blobs().verify(blob, progress);
  }

  @Override
  public Inspection inspect(@Nullable Cursor after) {
    try {
      return engine.reads().runPooled(tier -> engine.inspector().step(after));
    } catch (RocksDBException e) {
      throw Failures.of("the files of rows cannot be checked", e);
    }
  }

  @Override
  public Usage usage() {
    try {
      long rowBytes = engine.reads().runPooled(tier -> engine.store().bytes());
      long fileBytes = engine.committer().counters().fileBytes();
      return new Usage(rowBytes, fileBytes, engine.space().free());
    } catch (RocksDBException e) {
      throw Failures.of("the usage cannot be read", e);
    }
  }

  /**
   * Does now what is otherwise done behind the requests: deletes the files of released blobs and,
   * after a crash, those that no batch adopted. For a world without threads.
   */
  public void settle() {
    engine.gate().enter();
    try {
      engine.settle();
    } catch (RocksDBException e) {
      throw Failures.of("the work behind the requests cannot be done", e);
    } finally {
      engine.gate().exit();
    }
  }

  @Override
  public void close() {
    engine.close();
  }

  private <T> T read(String what, Reads.Read<T> read) {
    try {
      return engine.reads().run(read);
    } catch (RocksDBException e) {
      throw Failures.ofRead(what, e);
    }
  }
}
