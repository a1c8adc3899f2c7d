package io.coffer.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Rows of one group that are written together, on the strength of what was read. Immutable.
 *
 * @param id the same when the same batch is sent again
 * @param group the group of all its rows
 * @param writes path to the new value, or empty to delete
 * @param expectations path to the revision that the row must have, or empty: it must be absent; a
 *     row that is expected but not written is only checked, and shared with other checks
 * @param adopted sealed blobs that the new rows refer to
 * @param released blobs that no row refers to any more
 * @param announcements what the change feed tells of this batch, in order
 * @param durability when all of this has to be durable
 */
public record Batch(
    UUID id,
    long group,
    Map<Bytes, Optional<Bytes>> writes,
    Map<Bytes, Optional<Revision>> expectations,
    List<BlobId> adopted,
    List<BlobId> released,
    List<Bytes> announcements,
    Durability durability) {

  public Batch {
    writes = Collections.unmodifiableMap(new LinkedHashMap<>(writes));
    expectations = Collections.unmodifiableMap(new LinkedHashMap<>(expectations));
    adopted = List.copyOf(adopted);
    released = List.copyOf(released);
    announcements = List.copyOf(announcements);
    checkLimits(writes, expectations, adopted, released, announcements);
  }

  private static void checkLimits(
      Map<Bytes, Optional<Bytes>> writes,
      Map<Bytes, Optional<Revision>> expectations,
      List<BlobId> adopted,
      List<BlobId> released,
      List<Bytes> announcements) {
    long bytes = 0;
    for (var write : writes.entrySet()) {
      checkKey(write.getKey());
      int valueBytes = write.getValue().map(Bytes::length).orElse(0);
      if (valueBytes > Limits.ROW_BYTES) {
        throw new IllegalArgumentException("a row of " + valueBytes + " bytes");
      }
      bytes += write.getKey().length() + valueBytes;
    }
    for (var path : expectations.keySet()) {
      checkKey(path);
      bytes += path.length();
    }
    for (var announcement : announcements) {
      bytes += announcement.length();
    }
    int blobs = adopted.size() + released.size();
    if (writes.size() > Limits.BATCH_ROWS
        || expectations.size() > Limits.BATCH_ROWS
        || blobs > Limits.BATCH_BLOBS
        || bytes > Limits.BATCH_BYTES) {
      throw new IllegalArgumentException(
          "a batch of %d rows, %d expectations, %d blobs, %d bytes"
              .formatted(writes.size(), expectations.size(), blobs, bytes));
    }
  }

  private static void checkKey(Bytes path) {
    if (path.length() == 0 || path.length() > Limits.KEY_BYTES) {
      throw new IllegalArgumentException("a key of " + path.length() + " bytes");
    }
  }

  public static Builder in(long group, UUID id) {
    return new Builder(group, id);
  }

  /** Collects a batch. Not thread-safe. */
  public static final class Builder {
    private final long group;
    private final UUID id;
    private final Map<Bytes, Optional<Bytes>> writes = new LinkedHashMap<>();
    private final Map<Bytes, Optional<Revision>> expectations = new LinkedHashMap<>();
    private final List<BlobId> adopted = new ArrayList<>();
    private final List<BlobId> released = new ArrayList<>();
    private final List<Bytes> announcements = new ArrayList<>();
    private Durability durability = Durability.SYNC;

    private Builder(long group, UUID id) {
      this.group = group;
      this.id = id;
    }

    public Builder put(Bytes path, Bytes value) {
      writes.put(path, Optional.of(value));
      return this;
    }

    public Builder delete(Bytes path) {
      writes.put(path, Optional.empty());
      return this;
    }

    /** The row must still be as it was read. */
    public Builder expect(Row row) {
      if (row.key().group() != group) {
        throw new IllegalArgumentException("a row of another group");
      }
      expectations.put(row.key().path(), Optional.of(row.revision()));
      return this;
    }

    public Builder expectAbsent(Bytes path) {
      expectations.put(path, Optional.empty());
      return this;
    }

    public Builder adopt(BlobId blob) {
      adopted.add(blob);
      return this;
    }

    public Builder release(BlobId blob) {
      released.add(blob);
      return this;
    }

    public Builder announce(Bytes announcement) {
      announcements.add(announcement);
      return this;
    }

    /** Other than {@link Durability#SYNC}. */
    public Builder durability(Durability wanted) {
      durability = wanted;
      return this;
    }

    /**
     * The batch as it is now.
     *
     * @throws IllegalArgumentException the batch breaks a limit
     */
    public Batch build() {
      return new Batch(
          id, group, writes, expectations, adopted, released, announcements, durability);
    }
  }
}
