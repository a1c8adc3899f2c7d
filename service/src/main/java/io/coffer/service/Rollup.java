package io.coffer.service;

import io.coffer.storage.Bytes;
import io.coffer.storage.RowRange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How keys are rolled up at a delimiter. Immutable.
 *
 * @param prefix UTF-8
 * @param delimiter UTF-8; empty for none
 */
record Rollup(byte[] prefix, byte[] delimiter) {
  static Rollup of(Listing.Query query) {
    return new Rollup(Paths.utf8(query.prefix()), Paths.utf8(query.delimiter()));
  }

  boolean holds(byte[] key) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** What the key is rolled up into; null for nothing. */
  byte @Nullable [] commonPrefix(byte[] key) {
    if (delimiter.length == 0) {
      return null;
    }
    for (int i = prefix.length; i + delimiter.length <= key.length; i++) {
      if (Arrays.equals(key, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
        return Arrays.copyOf(key, i + delimiter.length);
      }
    }
    return null;
  }

  /** Where keys go on that are not rolled up with this one; null when it is rolled up with none. */
  byte @Nullable [] jump(byte[] key) {
    var common = holds(key) ? commonPrefix(key) : null;
    return common == null ? null : behind(common);
  }

  /** The first key behind all that begin with a common prefix; null for none. */
  static byte @Nullable [] behind(byte[] common) {
    var behind = RowRange.after(Bytes.wrap(common));
    return behind == null ? null : behind.toArray();
  }
}
