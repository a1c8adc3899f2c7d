package io.coffer.service;

import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as it was read; {@code row} is what a write that relies on it expects. Immutable.
 *
 * @param id the group of its rows; never used again after the bucket was deleted
 * @param name its name
 * @param owner the account's id
 * @param region where it was created
 * @param created when
 * @param versioning what it does with earlier versions
 * @param state whether it is being deleted
 * @param stateSince when that was written
 * @param row as read; null for a bucket that is not yet written
 */
public record Bucket(
    long id,
    String name,
    String owner,
    String region,
    Instant created,
    Versioning versioning,
    State state,
    Instant stateSince,
    @Nullable Row row) {
  private static final int FORMAT = 1;

  /** What a bucket is on its way to. */
  public enum State {
    OPEN,
    /** Somebody looks whether it is empty; writes wait. */
    CLOSING,
    /** It was empty, and is no more. */
    DELETED
  }

  static Bucket decode(Row row) {
    var in = new RowReader(row.value(), FORMAT);
    var name = in.text();
    var owner = in.text();
    var region = in.text();
    var created = Instant.ofEpochMilli(in.number());
    var versioning = Versioning.valueOf(in.text());
    var state = State.valueOf(in.text());
    var since = Instant.ofEpochMilli(in.number());
    return new Bucket(
        row.key().group(), name, owner, region, created, versioning, state, since, row);
  }

  Bytes encode() {
    return new RowWriter(FORMAT)
        .text(name)
        .text(owner)
        .text(region)
        .number(created.toEpochMilli())
        .text(versioning.name())
        .text(state.name())
        .number(stateSince.toEpochMilli())
        .finish();
  }

  public Bucket withVersioning(Versioning wanted) {
    return new Bucket(id, name, owner, region, created, wanted, state, stateSince, row);
  }

  Bucket withState(State wanted) {
    return new Bucket(id, name, owner, region, created, versioning, wanted, stateSince, row);
  }

  Bucket at(Instant now) {
    return new Bucket(id, name, owner, region, created, versioning, state, now, row);
  }

  /** The row as it was read. */
  public Row stored() {
    if (row == null) {
      throw new IllegalStateException("bucket " + name + " was not read from storage");
    }
    return row;
  }
}
