package io.coffer.storage;

import java.util.Comparator;
import java.util.Objects;

/**
 * The key of a row: a group (a bucket, the registry of names, the accounts), then a path within it.
 * Rows of one group may be written in one batch; an engine may keep groups on different machines.
 *
 * @param group which group
 * @param path at most {@link Limits#KEY_BYTES}, not empty
 */
public record RowKey(long group, Bytes path) implements Comparable<RowKey> {
  private static final Comparator<RowKey> ORDER =
      Comparator.<RowKey>comparingLong(k -> k.group + Long.MIN_VALUE).thenComparing(RowKey::path);

  public RowKey {
    Objects.requireNonNull(path);
    if (path.length() == 0 || path.length() > Limits.KEY_BYTES) {
      throw new IllegalArgumentException("a key has 1 to 2,400 bytes, not " + path.length());
    }
  }

  /** By group, unsigned, then by path. */
  @Override
  public int compareTo(RowKey other) {
    return ORDER.compare(this, other);
  }
}
