package io.coffer.storage;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one group from a path (included) to another (excluded).
 *
 * @param from the empty string for the beginning of the group
 * @param to null for the end of the group
 */
public record RowRange(long group, Bytes from, @Nullable Bytes to) {
  public RowRange {
    Objects.requireNonNull(from);
  }

  /** All rows of the group whose path starts with a prefix. */
  public static RowRange startingWith(long group, Bytes prefix) {
    return new RowRange(group, prefix, after(prefix));
  }

  /** The rest of this range after a path. */
  public RowRange after(RowKey last) {
    return new RowRange(group, last.path().next(), to);
  }

  /** The rest of this range after a path, or from where a jump goes. */
  RowRange after(RowKey last, Jump jump) {
    var target = jump.from(last.path());
    return target == null ? after(last) : new RowRange(group, target, to);
  }

  /** Whether this range has no key at all. */
  public boolean isEmpty() {
    return to != null && from.compareTo(to) >= 0;
  }

  /** The smallest string that is greater than all strings with this prefix; null for none. */
  public static @Nullable Bytes after(Bytes prefix) {
    var bytes = prefix.toArray();
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] != (byte) 0xff) {
        var end = Arrays.copyOf(bytes, i + 1);
        end[i]++;
        return Bytes.wrap(end);
      }
    }
    return null;
  }
}
