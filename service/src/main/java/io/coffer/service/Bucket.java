package io.coffer.service;

import io.coffer.model.s3.ObjectOwnership;
import io.coffer.service.acl.Acl;
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
 * @param ownershipControls who owns the objects in it, and whether ACLs count; null where the
 *     controls were deleted
 * @param acl null for the private one
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
    @Nullable ObjectOwnership ownershipControls,
    @Nullable Acl acl,
    State state,
    Instant stateSince,
    @Nullable Row row) {
  /** 2: with ownership controls and an ACL; buckets from before have ACLs disabled. */
  private static final int FORMAT = 2;

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
    var ownership = ObjectOwnership.BUCKET_OWNER_ENFORCED;
    Acl acl = null;
    if (in.format() > 1) {
      var word = in.textOrNull();
      ownership = word == null ? null : ObjectOwnership.of(word);
      acl = Acl.decode(in);
    }
    return new Bucket(
        row.key().group(),
        name,
        owner,
        region,
        created,
        versioning,
        ownership,
        acl,
        state,
        since,
        row);
  }

  Bytes encode() {
    var out =
        new RowWriter(FORMAT)
            .text(name)
            .text(owner)
            .text(region)
            .number(created.toEpochMilli())
            .text(versioning.name())
            .text(state.name())
            .number(stateSince.toEpochMilli())
            .textOrNull(ownershipControls == null ? null : ownershipControls.wire());
    Acl.encode(acl, out);
    return out.finish();
  }

  /** What the controls mean. Source: S3 User Guide, "Object Ownership settings". */
  public ObjectOwnership ownership() {
    return ownershipControls == null ? ObjectOwnership.OBJECT_WRITER : ownershipControls;
  }

  /** Whether ACLs are disabled, and its owner owns every object in it. */
  public boolean isOwnerEnforced() {
    return ownershipControls == ObjectOwnership.BUCKET_OWNER_ENFORCED;
  }

  /** Whose a version in it is: the account's id. */
  public String ownerOf(ObjectVersion version) {
    return isOwnerEnforced() ? owner : version.owner();
  }

  public Bucket withVersioning(Versioning wanted) {
    return with(wanted, ownershipControls, acl, state, stateSince);
  }

  public Bucket withOwnershipControls(@Nullable ObjectOwnership wanted) {
    return with(versioning, wanted, acl, state, stateSince);
  }

  public Bucket withAcl(@Nullable Acl wanted) {
    return with(versioning, ownershipControls, wanted, state, stateSince);
  }

  Bucket withState(State wanted) {
    return with(versioning, ownershipControls, acl, wanted, stateSince);
  }

  Bucket at(Instant now) {
    return with(versioning, ownershipControls, acl, state, now);
  }

  private Bucket with(
      Versioning versions,
      @Nullable ObjectOwnership controls,
      @Nullable Acl list,
      State to,
      Instant since) {
    return new Bucket(id, name, owner, region, created, versions, controls, list, to, since, row);
  }

  /** The row as it was read. */
  public Row stored() {
    if (row == null) {
      throw new IllegalStateException("bucket " + name + " was not read from storage");
    }
    return row;
  }
}
