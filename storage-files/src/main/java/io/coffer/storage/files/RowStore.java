package io.coffer.storage.files;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.Options;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.SstFileReader;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB, with its families. Thread-safe; its calls may block in native code, so callers see to it
 * on which thread they are ({@link Reads}, {@link Committer}), and that nobody calls after {@link
 * #close}.
 */
final class RowStore implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RowStore.class.getName());

  /**
   * Of all that RocksDB writes behind the requests, while it gives back room. With 32 MiB/s writers
   * waited half a second for flushes; without a bound they waited for the disk.
   */
  private static final long REWRITING_BYTES_PER_SECOND = 128 << 20;

  /** Numbers have six digits, or more. */
  static final Comparator<Path> TABLES =
      Comparator.<Path>comparingInt(table -> table.toString().length())
          .thenComparing(Path::toString);

  private final Path directory;
  private final RowsWatcher watcher;
  private final RowStoreOptions options;
  private final RocksDB database;
  private final Map<Family, ColumnFamilyHandle> handles;
  private final ReadOptions whole = new ReadOptions();
  private final ReadOptions cached = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final WriteOptions unsynced = new WriteOptions();
  private final FlushOptions wait = new FlushOptions();
  private final CompactRangeOptions compaction =
      new CompactRangeOptions().setExclusiveManualCompaction(false);
  private final CompactRangeOptions rewriting =
      new CompactRangeOptions()
          .setExclusiveManualCompaction(false)
          .setBottommostLevelCompaction(BottommostLevelCompaction.kForceOptimized);

  /** Bytes written since the memtables were last flushed all together; about what the log has. */
  private final AtomicLong logged = new AtomicLong();

  private RowStore(
      Path directory,
      RowsWatcher watcher,
      RowStoreOptions options,
      RocksDB database,
      Map<Family, ColumnFamilyHandle> handles) {
    this.directory = directory;
    this.watcher = watcher;
    this.options = options;
    this.database = database;
    this.handles = handles;
  }

  /** Opens rows that are there. */
  static RowStore open(Path directory, FilesSettings settings, RowsWatcher watcher)
      throws RocksDBException {
    mendLog(directory);
    return open(directory, settings, watcher, false, RocksDB::open);
  }

  /** Makes rows where there are none. */
  static RowStore create(Path directory, FilesSettings settings, RowsWatcher watcher)
      throws RocksDBException {
    return open(directory, settings, watcher, true, RocksDB::open);
  }

  /** To read what is there at the call; nothing in it is changed. */
  static RowStore openReadOnly(Path directory, FilesSettings settings) throws RocksDBException {
    return open(directory, settings, RowsWatcher.NONE, false, RocksDB::openReadOnly);
  }

  @FunctionalInterface
  private interface Opening {
    RocksDB open(
        DBOptions options,
        String path,
        List<ColumnFamilyDescriptor> families,
        List<ColumnFamilyHandle> handles)
        throws RocksDBException;
  }

  private static RowStore open(
      Path directory, FilesSettings settings, RowsWatcher watcher, boolean create, Opening opening)
      throws RocksDBException {
    loadLibrary();
    var options = new RowStoreOptions(settings, create);
    try {
      var opened = new ArrayList<ColumnFamilyHandle>();
      var database =
          opening.open(options.database(), directory.toString(), options.families(), opened);
      var handles = new EnumMap<Family, ColumnFamilyHandle>(Family.class);
      var next = opened.iterator();
      for (var family : Family.values()) {
        handles.put(family, next.next());
      }
      return new RowStore(directory, watcher, options, database, handles);
    } catch (RocksDBException | RuntimeException e) {
      options.close();
      throw e;
    }
  }

  private static void mendLog(Path directory) {
    try {
      LogTail.mend(directory)
          .ifPresent(log -> LOG.log(Level.WARNING, "The end of {0} was lost in a crash", log));
    } catch (IOException e) {
      // Then RocksDB cannot read it either, and says why.
      LOG.log(Level.WARNING, "The log in " + directory + " was not looked at", e);
    }
  }

  /**
   * Loads RocksDB, before anything else is begun.
   *
   * @throws DirectoryUnusable there is no room to unpack it
   */
  static void loadLibrary() {
    try {
      RocksDB.loadLibrary();
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      throw Refusals.library(e);
    }
  }

  /** The value, or null. */
  byte @Nullable [] get(Family family, byte[] key, ReadTier tier) throws RocksDBException {
    return database.get(handle(family), tier == ReadTier.READ_ALL_TIER ? whole : cached, key);
  }

  /**
   * Fills an array with the first bytes of a value.
   *
   * @return how many bytes the value has, or {@link RocksDB#NOT_FOUND}
   */
  int getFirst(Family family, byte[] key, byte[] first) throws RocksDBException {
    return database.get(handle(family), whole, key, 0, key.length, first, 0, first.length);
  }

  /** Keys in order, from one (included) to another (excluded), null for the family's end. */
  KeyRange range(Family family, byte[] from, byte @Nullable [] to, ReadTier tier) {
    return new KeyRange(database, handle(family), from, to, tier);
  }

  ColumnFamilyHandle handle(Family family) {
    var handle = handles.get(family);
    if (handle == null) {
      throw new IllegalStateException("no family " + family);
    }
    return handle;
  }

  /** Writes a batch, and returns when it is on the disk. */
  void writeSynced(WriteBatch batch) throws RocksDBException {
    watcher.before(directory, true);
    database.write(synced, batch);
    logged.addAndGet(batch.getDataSize());
    watcher.after(directory, true);
  }

  /** Writes a batch that may be lost when the machine fails. */
  void write(WriteBatch batch) throws RocksDBException {
    watcher.before(directory, false);
    database.write(unsynced, batch);
    logged.addAndGet(batch.getDataSize());
    watcher.after(directory, false);
  }

  /** Returns when all that was written before is on the disk. */
  void syncLog() throws RocksDBException {
    watcher.before(directory, true);
    database.syncWal();
    watcher.after(directory, true);
  }

  /** Writes the memtables to tables, after which the log is of no use and goes. */
  void flush() throws RocksDBException {
    watcher.before(directory, true);
    logged.set(0);
    database.flush(wait, List.copyOf(handles.values()));
    watcher.after(directory, true);
  }

  /** Bytes of a family's tables between two keys, about. */
  long tableBytes(Family family, byte[] from, byte[] to) {
    try (var first = new Slice(from);
        var last = new Slice(to)) {
      var range = List.of(new Range(first, last));
      return database
          .getApproximateSizes(handle(family), range, SizeApproximationFlag.INCLUDE_FILES)[0];
    }
  }

  /** Whether tables are being compacted, for which another compaction might have to wait. */
  boolean isCompacting() throws RocksDBException {
    return property(Family.META, "num-running-compactions") > 0;
  }

  /** Bytes of blob files. */
  long blobFileBytes() throws RocksDBException {
    return property(Family.INLINE, "live-blob-file-size");
  }

  /** Gives back the room of what was deleted between two keys, with little work. */
  void compact(Family family, byte[] from, byte[] to) throws RocksDBException {
    database.compactRange(handle(family), from, to, compaction);
  }

  /**
   * Gives back all of it, for which all that is not deleted may have to be written anew.
   *
   * @param share as in {@link #collectBlobFilesUpTo}
   */
  void rewrite(Family family, byte[] from, byte[] to, double share) throws RocksDBException {
    options.limiter().setBytesPerSecond(REWRITING_BYTES_PER_SECOND);
    if (family == Family.INLINE) {
      collectBlobFilesUpTo(share);
    }
    try {
      database.compactRange(handle(family), from, to, rewriting);
    } finally {
      options.limiter().setBytesPerSecond(RowStoreOptions.UNLIMITED_BYTES_PER_SECOND);
      if (family == Family.INLINE) {
        collectBlobFilesUpTo(RowStoreOptions.COLLECTED_SHARE);
      }
    }
  }

  /**
   * @param share of the blob files, the oldest, from which compactions move what is not deleted
   */
  void collectBlobFilesUpTo(double share) throws RocksDBException {
    database.setOptions(
        handle(Family.INLINE),
        MutableColumnFamilyOptions.builder().setBlobGarbageCollectionAgeCutoff(share).build());
  }

  /** Ends a compaction that {@link #compact} has begun; there is none after this. */
  void cancelCompaction() {
    compaction.setCanceled(true);
    rewriting.setCanceled(true);
  }

  /** Bytes written since the last {@link #flush}. */
  long loggedBytes() {
    return logged.get();
  }

  /** Bytes of the tables and blob files of a family. */
  long bytes(Family family) throws RocksDBException {
    return property(family, "live-sst-files-size") + property(family, "live-blob-file-size");
  }

  /** How many of these are of deleted keys, about: each deletion stands for an average value. */
  long deadBytes(Family family) throws RocksDBException {
    long deletions =
        property(family, "num-deletes-active-mem-table")
            + property(family, "num-deletes-imm-mem-tables");
    long puts = 0;
    for (var table : database.getPropertiesOfAllTables(handle(family)).values()) {
      deletions += table.getNumDeletions();
      puts += table.getNumEntries() - table.getNumDeletions();
    }
    long known = property(family, "live-blob-file-garbage-size");
    double share = puts == 0 ? 0 : Math.min(1, (double) deletions / puts);
    return known + (long) (share * (bytes(family) - known));
  }

  private long property(Family family, String name) throws RocksDBException {
    return database.getLongProperty(handle(family), "rocksdb." + name);
  }

  /** Bytes of memtables. */
  long memtableBytes() throws RocksDBException {
    return database.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables");
  }

  /** The files of sorted rows as they are now, in the order of their numbers. */
  List<Path> tables() {
    return database.getLiveFilesMetaData().stream()
        .map(table -> directory.resolve(table.fileName().replace("/", "")))
        .sorted(TABLES)
        .toList();
  }

  /**
   * Reads one of them whole, and checks its blocks.
   *
   * @throws RocksDBException one is not as it was written
   */
  static void check(Path table) throws RocksDBException {
    try (var options = new Options();
        var reader = new SstFileReader(options)) {
      reader.open(table.toString());
      reader.verifyChecksum();
    }
  }

  /**
   * Makes a copy of all that is written, in a directory that is not there: hard links to what never
   * changes, copies of the rest. It is durable but for the directory's name. Writes go on
   * meanwhile.
   */
  void checkpoint(Path copy) throws RocksDBException {
    try (var checkpoint = Checkpoint.create(database)) {
      checkpoint.createCheckpoint(copy.toString());
    }
  }

  /** Bytes of tables, blob files and memtables. */
  long bytes() throws RocksDBException {
    return database.getAggregatedLongProperty("rocksdb.live-sst-files-size")
        + database.getAggregatedLongProperty("rocksdb.live-blob-file-size")
        + memtableBytes();
  }

  @Override
  public void close() {
    whole.close();
    cached.close();
    handles.values().forEach(ColumnFamilyHandle::close);
    database.close();
    synced.close();
    unsynced.close();
    wait.close();
    compaction.close();
    rewriting.close();
    options.close();
  }
}
