package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.service.acl.Acl;
import io.coffer.storage.Batch;
import io.coffer.storage.BlobId;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The versions of objects: finding one, putting one on top, removing one. Thread-safe. */
public final class Versions {
  private final Storage storage;
  private final Transactions transactions;
  private final Environment environment;
  private final Buckets buckets;
  private final Collector collector;

  Versions(
      Storage storage,
      Transactions transactions,
      Environment environment,
      Buckets buckets,
      Collector collector) {
    this.storage = storage;
    this.transactions = transactions;
    this.environment = environment;
    this.buckets = buckets;
    this.collector = collector;
  }

  /** The current object, or empty under a delete marker and where there is none. */
  public Optional<ObjectVersion> current(Bucket bucket, ObjectKey key) {
    return row(bucket, key).map(ObjectVersion::decode);
  }

  private Optional<Row> row(Bucket bucket, ObjectKey key) {
    return storage.get(new RowKey(bucket.id(), Paths.current(key.text())));
  }

  /**
   * The object that a request means.
   *
   * @param versionId null for the current one
   * @throws S3Exception NoSuchKey, NoSuchVersion, MethodNotAllowed when the version is a delete
   *     marker
   */
  public ObjectVersion find(Bucket bucket, ObjectKey key, @Nullable String versionId) {
    if (versionId == null) {
      var current = row(bucket, key);
      return current.isPresent() ? ObjectVersion.decode(current.get()) : absent(bucket, key);
    }
    var wanted = VersionId.parse(versionId);
    var edit = edit(bucket, key.text());
    var version = edit.find(wanted).orElseThrow(() -> noSuchVersion(key, versionId));
    if (version.isDeleteMarker()) {
      throw S3Error.METHOD_NOT_ALLOWED
          .exception()
          .with("Method", "GET")
          .with("ResourceType", "DeleteMarker")
          .withHeader("Allow", "DELETE")
          .withHeader("Last-Modified", HttpDate.format(version.lastModified()))
          .withHeader("x-amz-delete-marker", "true")
          .withHeader("x-amz-version-id", version.id().toString());
    }
    return version;
  }

  private ObjectVersion absent(Bucket bucket, ObjectKey key) {
    var missing = S3Error.NO_SUCH_KEY.exception().with("Key", key.text());
    if (bucket.versioning() == Versioning.NEVER) {
      throw missing;
    }
    var marker = storage.get(new RowKey(bucket.id(), Paths.marked(key.text())));
    if (marker.isEmpty()) {
      throw missing;
    }
    throw missing
        .withHeader("x-amz-delete-marker", "true")
        .withHeader("x-amz-version-id", ObjectVersion.decode(marker.get()).id().toString());
  }

  private static S3Exception noSuchVersion(ObjectKey key, String versionId) {
    return S3Error.NO_SUCH_VERSION.exception().with("Key", key.text()).with("VersionId", versionId);
  }

  /**
   * Puts an object on top, by the bucket's versioning, if the conditions hold.
   *
   * @param owner id of the account whose it will be
   */
  public ObjectVersion put(
      Bucket bucket,
      ObjectKey key,
      WriteConditions conditions,
      String owner,
      ObjectVersion.Data data) {
    return transactions.run(
        () ->
            putOnce(
                bucket,
                key,
                conditions,
                owner,
                data,
                batch -> {
                  if (data.content() instanceof Content.Single single) {
                    batch.adopt(single.blob());
                  }
                }));
  }

  /**
   * One attempt of it.
   *
   * @param also adds what else belongs into the batch
   * @throws io.coffer.storage.StorageException.Refused others were faster
   */
  ObjectVersion putOnce(
      Bucket bucket,
      ObjectKey key,
      WriteConditions conditions,
      String owner,
      ObjectVersion.Data data,
      Consumer<Batch.Builder> also) {
    var now = reread(bucket);
    var edit = edit(now, key.text());
    conditions.checkPut(edit.live());
    var version = edit.push(data, owner);
    also.accept(edit.batch());
    commit(now, edit);
    return version;
  }

  /**
   * Deletes as DeleteObject does: without a version id by the bucket's versioning, with one for
   * good.
   *
   * @param versionId null for none
   */
  public Deleted delete(
      Bucket bucket, ObjectKey key, @Nullable String versionId, WriteConditions conditions) {
    var wanted = versionId == null ? null : VersionId.parse(versionId);
    return transactions.run(
        () -> {
          var now = reread(bucket);
          var edit = edit(now, key.text());
          if (wanted == null && now.versioning() != Versioning.NEVER) {
            checkDelete(conditions, edit.top());
            if (edit.top().isEmpty() && !conditions.isEmpty()) {
              return new Deleted(null, false);
            }
            var marker = edit.push(null, now.owner());
            commit(now, edit);
            return new Deleted(marker.id().toString(), true);
          }
          var version = edit.find(wanted);
          checkDelete(conditions, version);
          if (version.isEmpty()) {
            return new Deleted(versionId, false);
          }
          edit.remove(version.get());
          commit(now, edit);
          return new Deleted(versionId, wanted != null && version.get().isDeleteMarker());
        });
  }

  /** What is not there meets every condition: AWS answers 204, as without one. */
  private static void checkDelete(WriteConditions conditions, Optional<ObjectVersion> version) {
    version.ifPresent(conditions::checkDelete);
  }

  /**
   * What a deletion did.
   *
   * @param versionId of the version removed or the marker made; null in a bucket without versions
   * @param deleteMarker whether that is a delete marker
   */
  public record Deleted(@Nullable String versionId, boolean deleteMarker) {}

  /** Gives a version other tags. */
  public ObjectVersion tag(
      Bucket bucket, ObjectKey key, @Nullable String versionId, Map<String, String> tags) {
    return change(bucket, key, versionId, version -> version.withTags(tags));
  }

  /**
   * Gives a version another ACL.
   *
   * @param change makes the ACL from what the version is now; null for the private one
   */
  public ObjectVersion putAcl(
      Bucket bucket,
      ObjectKey key,
      @Nullable String versionId,
      Function<ObjectVersion, @Nullable Acl> change) {
    return change(bucket, key, versionId, version -> version.withAcl(change.apply(version)));
  }

  private ObjectVersion change(
      Bucket bucket,
      ObjectKey key,
      @Nullable String versionId,
      UnaryOperator<ObjectVersion> change) {
    return transactions.run(
        () -> {
          var now = reread(bucket);
          find(now, key, versionId);
          var edit = edit(now, key.text());
          var wanted = versionId == null ? null : VersionId.parse(versionId);
          var found = edit.find(wanted).filter(v -> !v.isDeleteMarker());
          var version = change.apply(found.orElseThrow(S3Error.NO_SUCH_KEY::exception));
          edit.rewrite(version);
          commit(now, edit);
          return version;
        });
  }

  /** Finds the version that an upload became, among those of a key. */
  Optional<ObjectVersion> madeFrom(Bucket bucket, ObjectKey key, BlobId upload) {
    var newest = current(bucket, key).stream();
    var older =
        Scans.rows(storage, RowRange.startingWith(bucket.id(), Paths.olderOf(key.text())))
            .map(ObjectVersion::decode);
    return Stream.concat(newest, older)
        .filter(
            v ->
                v.object() != null
                    && v.object().content() instanceof Content.Parts parts
                    && parts.upload().equals(upload))
        .findFirst();
  }

  /** See {@link Buckets#reread}. */
  Bucket reread(Bucket bucket) {
    return buckets.reread(bucket);
  }

  private VersionEdit edit(Bucket bucket, String key) {
    return new VersionEdit(storage, transactions, environment, bucket, key);
  }

  private void commit(Bucket bucket, VersionEdit edit) {
    transactions.commit(edit.batch());
    edit.trashed().forEach(upload -> collector.removeParts(bucket.id(), upload));
  }
}
