package io.coffer.service;

import io.coffer.model.s3.AbortMultipartUploadRequest;
import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.CompleteMultipartUploadOutput;
import io.coffer.model.s3.CompleteMultipartUploadRequest;
import io.coffer.model.s3.CreateMultipartUploadOutput;
import io.coffer.model.s3.CreateMultipartUploadRequest;
import io.coffer.model.s3.DeleteBucketRequest;
import io.coffer.model.s3.Operation;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.util.ArrayList;
import java.util.List;

/** Stores with something in them. */
final class Given {
  /** Three blocks, the last one not full. */
  static final String LARGE = "x".repeat(150_000);

  private Given() {}

  static String upload(Store store, String bucket, String key, String... parts) {
    var request = CreateMultipartUploadRequest.builder().bucket(bucket).key(key).build();
    var created =
        store.call(Operation.CREATE_MULTIPART_UPLOAD, request, CreateMultipartUploadOutput.class);
    var id = String.valueOf(created.uploadId());
    for (int i = 0; i < parts.length; i++) {
      store.uploadPart(bucket, key, id, i + 1, parts[i]);
    }
    return id;
  }

  /** Uploads parts and makes an object of the first of them. */
  static void multipart(Store store, String bucket, String key, int used, String... parts) {
    var id = upload(store, bucket, key);
    var eTags = new ArrayList<String>();
    for (int i = 0; i < parts.length; i++) {
      eTags.add(String.valueOf(store.uploadPart(bucket, key, id, i + 1, parts[i]).eTag()));
    }
    complete(store, bucket, key, id, eTags.subList(0, used));
  }

  static void complete(
      Store store, String bucket, String key, String uploadId, List<String> eTags) {
    store.call(
        Operation.COMPLETE_MULTIPART_UPLOAD,
        CompleteMultipartUploadRequest.builder()
            .bucket(bucket)
            .key(key)
            .uploadId(uploadId)
            .multipartUpload(Store.parts(eTags))
            .build(),
        CompleteMultipartUploadOutput.class);
  }

  static void abort(Store store, String bucket, String key, String uploadId) {
    store.call(
        Operation.ABORT_MULTIPART_UPLOAD,
        AbortMultipartUploadRequest.builder().bucket(bucket).key(key).uploadId(uploadId).build(),
        Object.class);
  }

  /** All kinds of rows that there are, with what is left of deleted things. */
  static void allKinds(Store store) {
    for (var bucket : new String[] {"plain", "versions", "deleted"}) {
      store.createBucket(bucket);
    }
    store.put("plain", "empty", "");
    store.put("plain", "small", "small");
    store.put("plain", "overwritten", "once");
    store.put("plain", "overwritten", "twice");
    store.put("plain", "large\n\0\"", LARGE);
    store.put("plain", "gone", "gone");
    store.delete("plain", "gone", null);
    multipart(store, "plain", "parts", 2, LARGE, "the end");
    multipart(store, "plain", "parts with a rest", 1, LARGE, "unused");
    upload(store, "plain", "in progress", LARGE, "and more");
    upload(store, "plain", "in progress", "");
    upload(store, "plain", "nothing yet");
    abort(store, "plain", "aborted", upload(store, "plain", "aborted", "one", "two"));

    store.put("versions", "before", "null version");
    store.versioning("versions", BucketVersioningStatus.ENABLED);
    store.put("versions", "before", "numbered");
    store.put("versions", "marked", "one");
    store.delete("versions", "marked", null);
    multipart(store, "versions", "parts", 2, LARGE, LARGE);
    store.put("versions", "parts", "newer than the parts");
    store.versioning("versions", BucketVersioningStatus.SUSPENDED);
    store.put("versions", "before", "null version again");
    store.delete("versions", "marked", null);
    store.delete("versions", "never", null);

    upload(store, "deleted", "left behind", "one");
    store.call(
        Operation.DELETE_BUCKET,
        DeleteBucketRequest.builder().bucket("deleted").build(),
        Object.class);
  }

  static long group(Storage storage, String bucket) {
    var row = storage.get(new RowKey(Paths.REGISTRY, Paths.bucketName(bucket))).orElseThrow();
    return new RowReader(row.value(), 1).number();
  }

  static Row current(Storage storage, String bucket, String key) {
    return storage.get(new RowKey(group(storage, bucket), Paths.current(key))).orElseThrow();
  }

  /** The blob of a small object. */
  static BlobId blob(Storage storage, String bucket, String key) {
    var content = ObjectVersion.decode(current(storage, bucket, key)).data().content();
    return ((Content.Single) content).blob();
  }

  /** The blobs of parts of an object or upload, by the upload that it is or was. */
  static List<BlobId> partBlobs(Storage storage, String bucket, BlobId upload) {
    var range = RowRange.startingWith(group(storage, bucket), Paths.partsOf(upload));
    return Scans.rows(storage, range)
        .map(row -> ((Content.Single) Part.decode(row).content()).blob())
        .toList();
  }

  static BlobId uploadOf(Storage storage, String bucket, String key) {
    var content = ObjectVersion.decode(current(storage, bucket, key)).data().content();
    return ((Content.Parts) content).upload();
  }

  static List<Row> rows(Storage storage, long group) {
    return Scans.rows(storage, new RowRange(group, Bytes.empty(), null)).toList();
  }
}
