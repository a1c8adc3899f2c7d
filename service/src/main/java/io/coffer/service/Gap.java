package io.coffer.service;

import io.coffer.storage.Bytes;
import io.coffer.storage.Order;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds a way over rows that cannot be read: a path behind them from which reading works again.
 * Where there are several such gaps near each other, they may be taken for one.
 */
final class Gap {
  /** How exactly the end of the gap is found: bytes beyond those that its two ends share. */
  private static final int PRECISION_BYTES = 16;

  private final Storage storage;
  private final long group;
  private final String families;

  private Gap(Storage storage, long group, String families) {
    this.storage = storage;
    this.group = group;
    this.families = families;
  }

  /** Among the rows of a bucket. */
  static Gap inBucket(Storage storage, long group) {
    return new Gap(storage, group, Paths.FAMILIES);
  }

  /** Among the names of buckets. */
  static Gap inRegistry(Storage storage) {
    return new Gap(storage, Paths.REGISTRY, Paths.REGISTRY_FAMILIES);
  }

  /**
   * Where to go on.
   *
   * @param from where reading fails
   * @return null when nothing can be read up to the group's end
   */
  @Nullable Bytes endAfter(Bytes from) {
    var end = readableFamilyAfter(from);
    if (end == null) {
      return null;
    }
    int common = Math.max(0, Arrays.mismatch(from.unsafeArray(), end.unsafeArray()));
    int width = common + PRECISION_BYTES;
    var low = number(from, width);
    var high = number(end, width);
    while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
      var middle = low.add(high).shiftRight(1);
      if (canRead(path(middle, width))) {
        high = middle;
      } else {
        low = middle;
      }
    }
    var found = path(high, width);
    return found.compareTo(from) > 0 ? found : end;
  }

  private @Nullable Bytes readableFamilyAfter(Bytes from) {
    for (char family : families.toCharArray()) {
      var start = Paths.family(family, new byte[0]);
      if (start.compareTo(from) > 0 && canRead(start)) {
        return start;
      }
    }
    return null;
  }

  private boolean canRead(Bytes from) {
    try {
      storage.scan(new RowRange(group, from, null), Order.ASCENDING, 1);
      return true;
    } catch (StorageException.Failure | StorageException.Damaged e) {
      return false;
    }
  }

  /** The first bytes of a path as a number; what is missing counts as zeros. */
  private static BigInteger number(Bytes path, int width) {
    return new BigInteger(1, Arrays.copyOf(path.unsafeArray(), width));
  }

  private static Bytes path(BigInteger number, int width) {
    var bytes = number.toByteArray();
    var path = new byte[width];
    int count = Math.min(width, bytes.length);
    System.arraycopy(bytes, bytes.length - count, path, width - count, count);
    return Bytes.wrap(path);
  }
}
