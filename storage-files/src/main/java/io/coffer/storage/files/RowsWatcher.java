package io.coffer.storage.files;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/**
 * Is told of every write of rows, on the thread that writes: a test copies RocksDB's directory as a
 * crash would leave it, or lets the write fail.
 */
public interface RowsWatcher {
  /** Does nothing. */
  RowsWatcher NONE = new RowsWatcher() {};

  /**
   * Rows are about to be written.
   *
   * @param rows RocksDB's directory
   * @param synced whether the write will be durable when it returns
   * @throws RocksDBException the write is to fail with it
   */
  default void before(Path rows, boolean synced) throws RocksDBException {}

  /** They were. */
  default void after(Path rows, boolean synced) throws RocksDBException {}
}
