package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.storage.Batch;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Limits;
import io.coffer.storage.Order;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change to the versions of one key: what was read, and the batch that grows from it. The batch
 * expects the bucket and everything that was read, so it is refused when any of it has changed. Not
 * thread-safe.
 *
 * <p>What always holds: a key has a row in family c or in family m, never in both, or it has no
 * version at all; that row is the newest version; family n says which noncurrent version is the
 * null version.
 */
final class VersionEdit {
  private final Storage storage;
  private final Environment environment;
  private final Bucket bucket;
  private final String key;
  private final Batch.Builder batch;
  private final Optional<Row> topRow;
  private final Optional<ObjectVersion> top;
  private final List<BlobId> trashed = new ArrayList<>();

  VersionEdit(
      Storage storage,
      Transactions transactions,
      Environment environment,
      Bucket bucket,
      String key) {
    this.storage = storage;
    this.environment = environment;
    this.bucket = bucket;
    this.key = key;
    batch = transactions.batch(bucket).expect(bucket.stored());
    var current = read(Paths.current(key));
    var marked =
        bucket.versioning() == Versioning.NEVER ? Optional.<Row>empty() : read(Paths.marked(key));
    topRow = current.isPresent() ? current : marked;
    top = topRow.map(ObjectVersion::decode);
  }

  /** The newest version, which may be a delete marker. */
  Optional<ObjectVersion> top() {
    return top;
  }

  /** The newest version when it is an object. */
  Optional<ObjectVersion> live() {
    return top.filter(v -> !v.isDeleteMarker());
  }

  /** The batch so far, for whatever else is to be written with it. */
  Batch.Builder batch() {
    return batch;
  }

  /** Uploads whose parts this change leaves to the collector. */
  List<BlobId> trashed() {
    return trashed;
  }

  /**
   * Puts a new version on top, by the bucket's versioning.
   *
   * @param data null for a delete marker
   */
  ObjectVersion push(ObjectVersion.@Nullable Data data, String owner) {
    boolean asNull = bucket.versioning() != Versioning.ENABLED;
    long now = environment.nowMicros();
    long sequence = top.map(v -> Math.max(v.id().sequence() + 1, now)).orElse(now);
    var id = new VersionId(sequence, environment.random().nextLong(), asNull);
    var next = new ObjectVersion(id, Instant.ofEpochMilli(now / 1_000), owner, data);
    boolean replaces = asNull && top.isPresent() && top.get().id().isNull();
    if (replaces) {
      release(top.get());
    } else {
      top.ifPresent(this::shelve);
      if (asNull && bucket.versioning() != Versioning.NEVER) {
        removeShelvedNull();
      }
    }
    top.filter(old -> old.isDeleteMarker() != next.isDeleteMarker())
        .ifPresent(old -> batch.delete(topPath(old)));
    batch.put(topPath(next), encoded(next));
    return next;
  }

  /** Writes the newest version anew, or a noncurrent one, with other tags or another ACL. */
  void rewrite(ObjectVersion version) {
    var row = encoded(version);
    if (top.isPresent() && top.get().id().equals(version.id())) {
      batch.put(topPath(version), row);
    } else {
      var path = Paths.older(key, version.id().sequence());
      read(path);
      batch.put(path, row);
    }
  }

  private static Bytes encoded(ObjectVersion version) {
    var row = version.encode();
    if (row.length() > Limits.ROW_BYTES) {
      throw S3Error.INVALID_REQUEST.exception(
          "The object has too many parts of different sizes, or too much metadata.");
    }
    return row;
  }

  /** Finds a version among all. */
  Optional<ObjectVersion> find(VersionId.@Nullable Wanted wanted) {
    if (wanted == null) {
      return top;
    }
    if (top.isPresent() && top.get().id().is(wanted)) {
      return top;
    }
    return shelvedRow(wanted).map(ObjectVersion::decode).filter(v -> v.id().is(wanted));
  }

  /** Removes a version that {@link #find} found; the next newest takes the top's place. */
  void remove(ObjectVersion version) {
    release(version);
    if (top.isPresent() && top.get().id().equals(version.id())) {
      batch.delete(topPath(version));
      promote();
      return;
    }
    batch.delete(Paths.older(key, version.id().sequence()));
    if (version.id().isNull()) {
      batch.delete(Paths.nullVersion(key));
    }
  }

  /** Puts the newest noncurrent version where the removed one was. */
  private void promote() {
    if (bucket.versioning() == Versioning.NEVER) {
      return;
    }
    var range = RowRange.startingWith(bucket.id(), Paths.olderOf(key));
    var page = storage.scan(range, Order.ASCENDING, 1);
    if (page.rows().isEmpty()) {
      return;
    }
    var row = page.rows().getFirst();
    var next = ObjectVersion.decode(row);
    batch.expect(row).delete(row.key().path());
    if (next.id().isNull()) {
      read(Paths.nullVersion(key));
      batch.delete(Paths.nullVersion(key));
    }
    batch.put(topPath(next), next.encode());
  }

  /** Moves the newest version among the noncurrent ones. */
  private void shelve(ObjectVersion version) {
    var path = Paths.older(key, version.id().sequence());
    batch.expectAbsent(path).put(path, version.encode());
    if (version.id().isNull()) {
      var sequence = new RowWriter(1).number(version.id().sequence()).finish();
      batch.put(Paths.nullVersion(key), sequence);
    }
  }

  private void removeShelvedNull() {
    shelvedRow(new VersionId.Wanted.Null())
        .map(ObjectVersion::decode)
        .ifPresent(
            version -> {
              release(version);
              batch.delete(Paths.older(key, version.id().sequence()));
              batch.delete(Paths.nullVersion(key));
            });
  }

  private Optional<Row> shelvedRow(VersionId.Wanted wanted) {
    return switch (wanted) {
      case VersionId.Wanted.Numbered numbered -> read(Paths.older(key, numbered.sequence()));
      case VersionId.Wanted.Null ignored ->
          read(Paths.nullVersion(key))
              .flatMap(row -> read(Paths.older(key, new RowReader(row.value(), 1).number())));
    };
  }

  /** Lets go of the bytes of a version that the batch removes. */
  private void release(ObjectVersion version) {
    if (version.object() == null) {
      return;
    }
    switch (version.object().content()) {
      case Content.Empty ignored -> {}
      case Content.Single single -> batch.release(single.blob());
      case Content.Parts parts -> {
        batch.put(Paths.trash(parts.upload()), Trash.wholeUpload().encode());
        trashed.add(parts.upload());
      }
    }
  }

  private Bytes topPath(ObjectVersion version) {
    return version.isDeleteMarker() ? Paths.marked(key) : Paths.current(key);
  }

  private Optional<Row> read(Bytes path) {
    var row = storage.get(new RowKey(bucket.id(), path));
    row.ifPresentOrElse(batch::expect, () -> batch.expectAbsent(path));
    return row;
  }
}
