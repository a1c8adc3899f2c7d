package io.coffer.storage.files;

import java.nio.ByteBuffer;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;

/**
 * What every group of batches writes along. Immutable.
 *
 * @param revision of the last batch; the next has one more, so that no revision is used twice
 * @param fileBytes bytes of adopted blobs in files
 */
record Counters(long revision, long fileBytes) {
  static final byte[] KEY = Keys.text("counters");

  static Counters read(RowStore store) throws RocksDBException {
    var stored = store.get(Family.META, KEY, ReadTier.READ_ALL_TIER);
    if (stored == null) {
      return new Counters(0, 0);
    }
    var bytes = ByteBuffer.wrap(stored);
    return new Counters(bytes.getLong(), bytes.getLong());
  }

  byte[] encode() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(revision).putLong(fileBytes).array();
  }
}
