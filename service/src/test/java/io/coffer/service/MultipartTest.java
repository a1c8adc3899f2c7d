package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.S3Error;
import io.coffer.model.s3.AbortMultipartUploadRequest;
import io.coffer.model.s3.ChecksumAlgorithm;
import io.coffer.model.s3.ChecksumType;
import io.coffer.model.s3.CompleteMultipartUploadOutput;
import io.coffer.model.s3.CompleteMultipartUploadRequest;
import io.coffer.model.s3.CreateMultipartUploadOutput;
import io.coffer.model.s3.CreateMultipartUploadRequest;
import io.coffer.model.s3.GetObjectRequest;
import io.coffer.model.s3.Operation;
import io.coffer.storage.BlobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uploads in parts; the smallest part is five bytes here. */
class MultipartTest {
  private final Store store = new Store();

  @BeforeEach
  void bucket() {
    store.createBucket("bucket");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String create() {
    return create(CreateMultipartUploadRequest.builder().bucket("bucket").key("k").build());
  }

  private String create(CreateMultipartUploadRequest request) {
    var output =
        store.call(Operation.CREATE_MULTIPART_UPLOAD, request, CreateMultipartUploadOutput.class);
    return String.valueOf(output.uploadId());
  }

  private String part(String uploadId, int number, String content) {
    return String.valueOf(store.uploadPart("bucket", "k", uploadId, number, content).eTag());
  }

  private CompleteMultipartUploadRequest.Builder completion(String uploadId, List<String> eTags) {
    return CompleteMultipartUploadRequest.builder()
        .bucket("bucket")
        .key("k")
        .uploadId(uploadId)
        .multipartUpload(Store.parts(eTags));
  }

  private CompleteMultipartUploadOutput complete(String uploadId, List<String> eTags) {
    return complete(completion(uploadId, eTags).build());
  }

  private CompleteMultipartUploadOutput complete(CompleteMultipartUploadRequest request) {
    return store.call(
        Operation.COMPLETE_MULTIPART_UPLOAD, request, CompleteMultipartUploadOutput.class);
  }

  private void abort(String uploadId) {
    store.call(
        Operation.ABORT_MULTIPART_UPLOAD,
        AbortMultipartUploadRequest.builder().bucket("bucket").key("k").uploadId(uploadId).build(),
        Object.class);
  }

  private @Nullable S3Error completing(String uploadId, List<String> eTags) {
    return Store.errorOf(() -> complete(uploadId, eTags));
  }

  @Test
  void thePartsBecomeOneObject() {
    var id = create();
    var eTags = List.of(part(id, 1, "first"), part(id, 2, "second"), part(id, 3, "!"));
    var made = complete(id, eTags);
    assertEquals("firstsecond!", store.read("bucket", "k"));
    assertTrue(String.valueOf(made.eTag()).endsWith("-3\""));
  }

  @Test
  void aRangeMayStartAndEndWithinAnyParts() {
    var id = create();
    complete(id, List.of(part(id, 1, "01234"), part(id, 2, "56789"), part(id, 3, "abc")));
    var whole = "0123456789abc";
    for (int from = 0; from < whole.length(); from++) {
      for (int to = from; to < whole.length(); to++) {
        var request =
            GetObjectRequest.builder().bucket("bucket").key("k").range("bytes=" + from + "-" + to);
        assertEquals(whole.substring(from, to + 1), Store.text(store.get(request.build())));
      }
    }
  }

  @Test
  void partNumberGivesThatPartAndTheCount() {
    var id = create();
    complete(id, List.of(part(id, 1, "first"), part(id, 2, "second")));
    var second =
        store.get(GetObjectRequest.builder().bucket("bucket").key("k").partNumber(2).build());
    assertEquals(2, second.partsCount());
    assertEquals("bytes 5-10/11", second.contentRange());
    assertEquals("second", Store.text(second));
    assertEquals(
        S3Error.INVALID_PART_NUMBER,
        Store.errorOf(
            () ->
                store.get(
                    GetObjectRequest.builder().bucket("bucket").key("k").partNumber(3).build())));
  }

  @Test
  void whatIsWrongWithAListOfPartsIsSaid() {
    var id = create();
    var one = part(id, 1, "first");
    var two = part(id, 2, "tiny");
    var three = part(id, 3, "third");
    assertEquals(S3Error.ENTITY_TOO_SMALL, completing(id, List.of(one, two, three)));
    assertEquals(S3Error.INVALID_PART, completing(id, List.of(one, three)));
    assertEquals(S3Error.MALFORMED_XML, completing(id, List.of()));
    assertEquals(S3Error.NO_SUCH_UPLOAD, completing("nonsense", List.of(one)));
    assertEquals(S3Error.NO_SUCH_KEY, Store.errorOf(() -> store.read("bucket", "k")));
    complete(id, List.of(one, two));
    assertEquals("firsttiny", store.read("bucket", "k"));
  }

  @Test
  void completingTwiceSaysTheSameAndAnAbortedUploadIsGone() {
    var id = create();
    var eTags = List.of(part(id, 1, "first"));
    assertEquals(complete(id, eTags), complete(id, eTags));
    var other = create();
    part(other, 1, "other");
    abort(other);
    assertEquals(S3Error.NO_SUCH_UPLOAD, Store.errorOf(() -> abort(other)));
    assertEquals(S3Error.NO_SUCH_UPLOAD, Store.errorOf(() -> part(other, 2, "late")));
  }

  @Test
  void compositeAndFullObjectChecksumsAreComputed() {
    var composite =
        create(
            CreateMultipartUploadRequest.builder()
                .bucket("bucket")
                .key("k")
                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                .build());
    var made = complete(composite, List.of(part(composite, 1, "first"), part(composite, 2, "x")));
    assertEquals(ChecksumType.COMPOSITE, made.checksumType());
    assertTrue(String.valueOf(made.checksumSHA256()).endsWith("-2"));
    var full =
        create(
            CreateMultipartUploadRequest.builder()
                .bucket("bucket")
                .key("k")
                .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                .checksumType(ChecksumType.FULL_OBJECT)
                .build());
    var parts = List.of(part(full, 1, "12345"), part(full, 2, "6789"));
    assertEquals(
        S3Error.BAD_DIGEST,
        Store.errorOf(() -> complete(completion(full, parts).checksumCRC32("AAAAAA==").build())));
    assertEquals("y/Q5Jg==", complete(full, parts).checksumCRC32());
  }

  @Test
  void blobsOfPartsThatNobodyNeedsAreCollected() throws Exception {
    var aborted = create();
    part(aborted, 1, "first");
    abort(aborted);
    var kept = create();
    var one = part(kept, 1, "first");
    part(kept, 2, "unused");
    complete(kept, List.of(one));
    awaitBlobs(1);
    assertEquals("first", store.read("bucket", "k"));
    store.delete("bucket", "k", null);
    awaitBlobs(0);
  }

  private void awaitBlobs(int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (blobs().size() != count && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertEquals(count, blobs().size());
  }

  private List<BlobId> blobs() {
    try (var blobs = store.storage.blobs(null)) {
      return blobs.toList();
    }
  }

  @Test
  void aPartThatComesDuringCompletionIsInTheObjectOrRefused() throws Exception {
    for (int round = 0; round < 50; round++) {
      var id = create();
      var early = part(id, 1, "early");
      var tasks = new ArrayList<Callable<@Nullable S3Error>>();
      tasks.add(() -> completing(id, List.of(early)));
      tasks.add(() -> Store.errorOf(() -> part(id, 1, "laterr")));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var completion = threads.invokeAll(tasks).getFirst().get();
        if (completion == null) {
          assertEquals("early", store.read("bucket", "k"));
        } else {
          assertEquals(S3Error.INVALID_PART, completion);
        }
      }
    }
  }
}
