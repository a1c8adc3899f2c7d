package io.coffer.storage.files;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.RateLimiter;
import org.rocksdb.WriteBufferManager;

/**
 * RocksDB's settings. One cache bounds everything that reads keep (blocks, indexes, filters) and
 * the memtables are charged to it; the log and the number of open files are bounded too.
 */
final class RowStoreOptions implements AutoCloseable {
  private static final int BLOCK_BYTES = 8 << 10;
  private static final int BLOOM_BITS = 10;

  /** Indexes and filters are read in such pieces, and not by the half megabyte. */
  private static final int PARTITION_BYTES = 4 << 10;

  private static final int BLOB_FILE_FROM_BYTES = 4 << 10;
  private static final int OPEN_FILES = 512;
  private static final long MIB = 1 << 20;

  static final long UNLIMITED_BYTES_PER_SECOND = 4096 * MIB;

  /** The oldest part of the blob files, which every compaction looks through. */
  static final double COLLECTED_SHARE = 0.25;

  private final FilesSettings settings;
  private final boolean create;
  private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();
  private final Cache cache;
  private final RateLimiter limiter;
  private final DBOptions database;

  /**
   * @param create whether the rows are made where there are none, with all families
   */
  RowStoreOptions(FilesSettings settings, boolean create) {
    this.settings = settings;
    this.create = create;
    cache = own(new LRUCache(settings.cacheBytes()));
    limiter = own(new RateLimiter(UNLIMITED_BYTES_PER_SECOND));
    database = own(newDatabaseOptions());
  }

  /**
   * Bounds what RocksDB writes behind the requests; flushes, for which writers may have to wait,
   * come first.
   */
  RateLimiter limiter() {
    return limiter;
  }

  DBOptions database() {
    return database;
  }

  /** All families in their order, with options that are closed with these. */
  List<ColumnFamilyDescriptor> families() {
    return Stream.of(Family.values())
        .map(f -> new ColumnFamilyDescriptor(Keys.text(f.familyName()), family(f)))
        .toList();
  }

  private ColumnFamilyOptions family(Family family) {
    var table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setBlockSize(BLOCK_BYTES)
            .setFilterPolicy(own(new BloomFilter(BLOOM_BITS)))
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setIndexType(IndexType.kTwoLevelIndexSearch)
            .setPartitionFilters(true)
            .setMetadataBlockSize(PARTITION_BYTES)
            .setPinTopLevelIndexAndFilter(true);
    boolean large = family == Family.ROWS || family == Family.INLINE;
    long memtable = Math.max(MIB, settings.memtableBytes() / (large ? 2 : 8));
    var options =
        own(new ColumnFamilyOptions())
            .setTableFormatConfig(table)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setWriteBufferSize(memtable)
            .setMaxWriteBufferNumber(3);
    if (family == Family.INLINE) {
      options
          .setEnableBlobFiles(true)
          .setMinBlobSize(BLOB_FILE_FROM_BYTES)
          .setBlobFileSize(64 * MIB)
          .setEnableBlobGarbageCollection(true)
          .setBlobGarbageCollectionAgeCutoff(COLLECTED_SHARE)
          .setBlobGarbageCollectionForceThreshold(0.5);
    }
    return options;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().close();
    }
  }

  private DBOptions newDatabaseOptions() {
    return new DBOptions()
        .setCreateIfMissing(create)
        .setCreateMissingColumnFamilies(create)
        .setWriteBufferManager(own(new WriteBufferManager(settings.memtableBytes(), cache)))
        .setRateLimiter(limiter)
        .setMaxBackgroundJobs(2)
        .setMaxOpenFiles(OPEN_FILES)
        .setMaxTotalWalSize(2 * settings.memtableBytes())
        .setBytesPerSync(MIB)
        // Of a full disk ext4 sets aside all that is left, and then nothing can be deleted.
        .setAllowFAllocate(false)
        .setLogger(own(new RocksLog()))
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  private <T extends AbstractNativeReference> T own(T object) {
    owned.push(object);
    return object;
  }
}
