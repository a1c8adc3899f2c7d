package io.coffer.storage.files;

/**
 * What an operator may decide about a data directory. Immutable; the directory's format does not
 * depend on it, so every value may change from one start to the next.
 *
 * @param inlineBytes blobs of at most this many bytes live in RocksDB, larger ones in files; 0 to
 *     131,072, beyond which RocksDB is slower than a file
 * @param reserveBytes room on the disk that is left to RocksDB and to deleting; writes that would
 *     take of it are answered with Full
 * @param cacheBytes RocksDB's cache of blocks, in which memtables, indexes and filters are counted
 * @param memtableBytes RocksDB's memtables together
 * @param readThreads platform threads for reads that the cache cannot answer
 * @param reclaimBytes how much has to be dead among the rows before RocksDB is told to write the
 *     rest anew; it has to be a quarter, too
 */
public record FilesSettings(
    int inlineBytes,
    long reserveBytes,
    long cacheBytes,
    long memtableBytes,
    int readThreads,
    long reclaimBytes) {
  private static final int INLINE_BYTES_AT_MOST = 128 << 10;
  private static final long MIB = 1 << 20;

  public FilesSettings {
    check(inlineBytes >= 0 && inlineBytes <= INLINE_BYTES_AT_MOST, "inlineBytes", inlineBytes);
    check(reserveBytes >= 0, "reserveBytes", reserveBytes);
    check(cacheBytes >= MIB, "cacheBytes", cacheBytes);
    check(memtableBytes >= MIB, "memtableBytes", memtableBytes);
    check(readThreads >= 1, "readThreads", readThreads);
    check(reclaimBytes >= 1, "reclaimBytes", reclaimBytes);
  }

  /** With what is usual for what is left out. */
  FilesSettings(
      int inlineBytes, long reserveBytes, long cacheBytes, long memtableBytes, int readThreads) {
    this(inlineBytes, reserveBytes, cacheBytes, memtableBytes, readThreads, 64 * MIB);
  }

  /** 16 KiB inline, 64 MiB each of reserve, cache and memtables. */
  public static FilesSettings defaults() {
    int threads = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());
    return new FilesSettings(16 << 10, 64 * MIB, 256 * MIB, 64 * MIB, threads);
  }

  public FilesSettings withInlineBytes(int bytes) {
    return new FilesSettings(
        bytes, reserveBytes, cacheBytes, memtableBytes, readThreads, reclaimBytes);
  }

  public FilesSettings withReserveBytes(long bytes) {
    return new FilesSettings(
        inlineBytes, bytes, cacheBytes, memtableBytes, readThreads, reclaimBytes);
  }

  public FilesSettings withCacheBytes(long bytes) {
    return new FilesSettings(
        inlineBytes, reserveBytes, bytes, memtableBytes, readThreads, reclaimBytes);
  }

  public FilesSettings withReclaimBytes(long bytes) {
    return new FilesSettings(
        inlineBytes, reserveBytes, cacheBytes, memtableBytes, readThreads, bytes);
  }

  private static void check(boolean holds, String name, long value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " cannot be " + value);
    }
  }
}
