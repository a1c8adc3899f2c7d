package io.coffer.storage.files;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;

/**
 * Where reads of RocksDB run. A native call pins the carrier of a virtual thread, so on a virtual
 * thread a read may use the cache alone; what the cache does not have, a few platform threads read.
 * Every read is inside the gate. Thread-safe.
 */
final class Reads implements AutoCloseable {
  /** A read that may run twice: from the cache, then whole. */
  @FunctionalInterface
  interface Read<T extends @Nullable Object> {
    T run(ReadTier tier) throws RocksDBException;
  }

  private final Gate gate;
  private final ExecutorService pool;

  Reads(Gate gate, int threads) {
    this.gate = gate;
    pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("coffer-read-", 0).factory());
  }

  /** On this thread when that does not block it, else on a platform thread. */
  <T extends @Nullable Object> T run(Read<T> read) throws RocksDBException {
    gate.enter();
    try {
      if (!Thread.currentThread().isVirtual()) {
        return read.run(ReadTier.READ_ALL_TIER);
      }
      try {
        return read.run(ReadTier.BLOCK_CACHE_TIER);
      } catch (RocksDBException e) {
        if (!Failures.isNotCached(e)) {
          throw e;
        }
      }
      return pooled(read);
    } finally {
      gate.exit();
    }
  }

  /** On a platform thread in any case: for what takes locks of RocksDB or writes. */
  <T extends @Nullable Object> T runPooled(Read<T> read) throws RocksDBException {
    gate.enter();
    try {
      return pooled(read);
    } finally {
      gate.exit();
    }
  }

  /** Ends the threads; no read is under way any more. */
  @Override
  public void close() {
    pool.shutdown();
  }

  private <T extends @Nullable Object> T pooled(Read<T> read) throws RocksDBException {
    var result =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return read.run(ReadTier.READ_ALL_TIER);
              } catch (RocksDBException e) {
                throw new CompletionException(e);
              }
            },
            pool);
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RocksDBException cause) {
        throw cause;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
