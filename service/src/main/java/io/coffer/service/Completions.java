package io.coffer.service;

import io.coffer.checksums.Algorithm;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.storage.BlobId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns uploads into objects. An upload is sealed before its parts are read, and a part that comes
 * after that breaks the seal: so the parts that become the object are those that were read, though
 * the batch that makes it names none of them. Thread-safe.
 */
public final class Completions {
  private final Transactions transactions;
  private final Uploads uploads;
  private final Versions versions;
  private final Collector collector;
  private final long minimumPartSize;

  Completions(
      Transactions transactions,
      Uploads uploads,
      Versions versions,
      Collector collector,
      long minimumPartSize) {
    this.transactions = transactions;
    this.uploads = uploads;
    this.versions = versions;
    this.collector = collector;
    this.minimumPartSize = minimumPartSize;
  }

  /**
   * What a request wants to be made.
   *
   * @param checksums of the object as the client has it, at most one
   * @param checksumType as given, or null
   * @param size of the object as the client has it, or null
   */
  public record Wanted(
      List<Completion.Named> parts,
      WriteConditions conditions,
      Map<Algorithm, String> checksums,
      @Nullable String checksumType,
      @Nullable Long size) {}

  /**
   * Completes an upload; an upload that was completed before gives the object that it became.
   *
   * @throws S3Exception NoSuchUpload, InvalidPart, InvalidPartOrder, EntityTooSmall, BadDigest,
   *     PreconditionFailed
   */
  public ObjectVersion complete(Bucket bucket, ObjectKey key, String uploadId, Wanted wanted) {
    var id = Uploads.parse(uploadId);
    return transactions.run(() -> attempt(bucket, key, id, wanted));
  }

  private ObjectVersion attempt(Bucket bucket, ObjectKey key, BlobId id, Wanted wanted) {
    var found = uploads.lookup(bucket, key, id);
    if (found.isEmpty()) {
      return versions
          .madeFrom(bucket, key, id)
          .orElseThrow(() -> Uploads.noSuchUpload(id.toString()));
    }
    var upload = uploads.seal(bucket, found.get());
    var stored = uploads.parts(bucket, id, 0).toList();
    var completion = Completion.of(wanted.parts(), stored, minimumPartSize);
    var checksum = completion.checksum(upload.composite());
    check(wanted, upload, completion, checksum);
    var data =
        new ObjectVersion.Data(
            completion.size(),
            completion.eTag(),
            completion.content(id),
            upload.metadata(),
            upload.storageClass(),
            checksum,
            upload.tags(),
            upload.acl());
    var version =
        versions.putOnce(
            bucket,
            key,
            wanted.conditions(),
            upload.ownerIn(bucket),
            data,
            batch -> {
              batch.expect(upload.stored()).delete(Paths.upload(key.text(), id));
              if (!completion.unused().isEmpty()) {
                batch.put(Paths.trash(id), new Trash(completion.unused()).encode());
              }
            });
    if (!completion.unused().isEmpty()) {
      collector.removeParts(bucket.id(), id);
    }
    return version;
  }

  private static void check(
      Wanted wanted, Upload upload, Completion completion, @Nullable StoredChecksum checksum) {
    if (wanted.size() != null && wanted.size() != completion.size()) {
      throw S3Error.INVALID_REQUEST.exception(
          "The provided 'x-amz-mp-object-size' header value "
              + wanted.size()
              + " does not match what was computed: "
              + completion.size());
    }
    if (wanted.checksumType() != null
        && upload.algorithm() != null
        && !wanted.checksumType().equals(upload.checksumType())) {
      throw S3Error.INVALID_REQUEST.exception(
          "The upload was created using the "
              + upload.checksumType()
              + " checksum mode. The complete request must use the same checksum mode.");
    }
    wanted
        .checksums()
        .forEach(
            (algorithm, text) -> {
              if (checksum == null || checksum.algorithm() != algorithm) {
                return;
              }
              int dash = text.indexOf('-');
              var base64 = dash < 0 ? text : text.substring(0, dash);
              var stored = checksum.text();
              var storedBase64 =
                  checksum.parts() == 0 ? stored : stored.substring(0, stored.indexOf('-'));
              if (!base64.equals(storedBase64)) {
                throw S3Error.BAD_DIGEST.exception(
                    "The " + algorithm + " you specified did not match the calculated checksum.");
              }
            });
  }
}
