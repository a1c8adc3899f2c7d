package io.coffer.storage.files;

import java.lang.System.Logger.Level;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;

/** RocksDB's warnings and errors, in the server's log and not in files of the data directory. */
final class RocksLog extends Logger {
  private static final System.Logger LOG = System.getLogger(RocksLog.class.getName());

  /** Says every five seconds that the disk is still full, which health says too. */
  private static final String POLLING = "sst_file_manager_impl";

  RocksLog() {
    super(InfoLogLevel.WARN_LEVEL);
  }

  @Override
  protected void log(InfoLogLevel level, String message) {
    if (message.contains(POLLING)) {
      LOG.log(Level.DEBUG, message);
    } else if (level == InfoLogLevel.WARN_LEVEL
        || level == InfoLogLevel.ERROR_LEVEL
        || level == InfoLogLevel.FATAL_LEVEL) {
      LOG.log(Level.WARNING, "RocksDB: " + message.strip());
    }
  }
}
