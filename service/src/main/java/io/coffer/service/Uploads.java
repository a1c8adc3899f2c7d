package io.coffer.service;

import io.coffer.checksums.Algorithm;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.service.acl.ObjectAccess;
import io.coffer.storage.BlobId;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Multipart uploads in progress, and the parts of uploads. Thread-safe. */
public final class Uploads {
  private final Storage storage;
  private final Transactions transactions;
  private final Environment environment;
  private final BlobIds ids;
  private final Versions versions;
  private final Collector collector;

  Uploads(
      Storage storage,
      Transactions transactions,
      Environment environment,
      BlobIds ids,
      Versions versions,
      Collector collector) {
    this.storage = storage;
    this.transactions = transactions;
    this.environment = environment;
    this.ids = ids;
    this.versions = versions;
    this.collector = collector;
  }

  /**
   * Begins an upload.
   *
   * @param initiator ARN of who asks
   * @param access of the object
   */
  public Upload create(
      Bucket bucket,
      ObjectKey key,
      Metadata metadata,
      String storageClass,
      Map<String, String> tags,
      @Nullable Algorithm algorithm,
      boolean composite,
      String initiator,
      ObjectAccess access) {
    var initiated = Instant.ofEpochMilli(environment.clock().millis());
    var upload =
        new Upload(
            ids.next(),
            key.text(),
            initiated,
            metadata,
            storageClass,
            tags,
            algorithm,
            composite,
            false,
            initiator,
            access.owner(),
            access.acl(),
            null);
    return transactions.run(
        () -> {
          var now = versions.reread(bucket);
          transactions.commit(
              transactions
                  .batch(now)
                  .expect(now.stored())
                  .put(Paths.upload(key.text(), upload.id()), upload.encode()));
          return upload;
        });
  }

  /**
   * The upload that a request means.
   *
   * @throws S3Exception NoSuchUpload
   */
  public Upload find(Bucket bucket, ObjectKey key, String uploadId) {
    return lookup(bucket, key, parse(uploadId)).orElseThrow(() -> noSuchUpload(uploadId));
  }

  Optional<Upload> lookup(Bucket bucket, ObjectKey key, BlobId id) {
    return storage.get(new RowKey(bucket.id(), Paths.upload(key.text(), id))).map(Upload::decode);
  }

  /** The number that an upload id of the API stands for. */
  static BlobId parse(String uploadId) {
    try {
      return BlobId.parse(uploadId);
    } catch (IllegalArgumentException e) {
      throw noSuchUpload(uploadId);
    }
  }

  static S3Exception noSuchUpload(String uploadId) {
    return S3Error.NO_SUCH_UPLOAD.exception().with("UploadId", uploadId);
  }

  /**
   * Makes received bytes a part, in the place of an earlier one with this number.
   *
   * @return when it was made
   */
  public Instant put(Bucket bucket, Upload upload, int number, Contents.Received received) {
    var path = Paths.part(upload.id(), number);
    var key = new RowKey(bucket.id(), path);
    var lastModified = Instant.ofEpochMilli(environment.clock().millis());
    transactions.run(
        () -> {
          var now = versions.reread(bucket);
          var again =
              lookup(now, new ObjectKey(upload.key()), upload.id())
                  .orElseThrow(() -> noSuchUpload(upload.id().toString()));
          var batch = transactions.batch(now).expect(now.stored()).expect(again.stored());
          storage
              .get(key)
              .ifPresentOrElse(
                  old -> {
                    batch.expect(old);
                    if (Part.decode(old).content() instanceof Content.Single single) {
                      batch.release(single.blob());
                    }
                  },
                  () -> batch.expectAbsent(path));
          if (again.sealed()) {
            batch.put(again.stored().key().path(), again.withSealed(false).encode());
          }
          if (received.content() instanceof Content.Single single) {
            batch.adopt(single.blob());
          }
          transactions.commit(batch.put(path, Part.encode(received, lastModified)));
          return again;
        });
    return lastModified;
  }

  /** Notes that the parts are about to be read for good; see {@link Completions}. */
  Upload seal(Bucket bucket, Upload upload) {
    var path = upload.stored().key().path();
    transactions.commit(
        transactions
            .batch(bucket)
            .expect(upload.stored())
            .put(path, upload.withSealed(true).encode()));
    return storage
        .get(upload.stored().key())
        .map(Upload::decode)
        .filter(Upload::sealed)
        .orElseThrow(() -> new StorageException.Refused("the seal was broken"));
  }

  /** The parts of an upload after a number, in order. */
  public Stream<Part> parts(Bucket bucket, BlobId upload, int afterNumber) {
    var all = RowRange.startingWith(bucket.id(), Paths.partsOf(upload));
    var range =
        afterNumber <= 0
            ? all
            : all.after(
                new RowKey(
                    bucket.id(), Paths.part(upload, Math.min(afterNumber, Part.MAX_NUMBER))));
    return Scans.rows(storage, range).map(Part::decode);
  }

  /** Ends an upload without an object. */
  public void abort(Bucket bucket, ObjectKey key, String uploadId) {
    transactions.run(
        () -> {
          var now = versions.reread(bucket);
          var upload = find(now, key, uploadId);
          transactions.commit(
              transactions
                  .batch(now)
                  .expect(upload.stored())
                  .delete(Paths.upload(key.text(), upload.id()))
                  .put(Paths.trash(upload.id()), Trash.wholeUpload().encode()));
          collector.removeParts(now.id(), upload.id());
          return upload;
        });
  }
}
