package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.s3.AbortMultipartUploadRequest;
import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.CompleteMultipartUploadOutput;
import io.coffer.model.s3.CompleteMultipartUploadRequest;
import io.coffer.model.s3.CopyObjectRequest;
import io.coffer.model.s3.CreateMultipartUploadOutput;
import io.coffer.model.s3.CreateMultipartUploadRequest;
import io.coffer.model.s3.Operation;
import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.Durability;
import io.coffer.storage.Storage;
import io.coffer.storage.memory.MemoryStorage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With which durability each bucket's writes reach the storage. */
class DurabilitiesTest {
  private static final Durability GROUP = new Durability.Group(Duration.ofMillis(50));

  private final Set<Durability> asked = ConcurrentHashMap.newKeySet();
  private final Store store =
      new Store(
          watched(MemoryStorage.create()),
          new Durabilities(Durability.SYNC, Map.of("scratch", Durability.RELAXED, "logs", GROUP)));

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyWriteInABucketHasItsDurability() {
    var wanted = Map.of("books", Durability.SYNC, "scratch", Durability.RELAXED, "logs", GROUP);
    wanted.forEach(
        (bucket, durability) -> {
          store.createBucket(bucket);
          asked.clear();
          writeAll(bucket);
          assertEquals(Set.of(durability), asked, bucket);
        });
  }

  @Test
  void whatBelongsToNoBucketHasTheServers() {
    asked.clear();
    store.createBucket("scratch");
    assertTrue(asked.contains(Durability.SYNC), "the registry of names");
  }

  private void writeAll(String bucket) {
    store.put(bucket, "a", "1");
    store.put(bucket, "a", "2");
    store.versioning(bucket, BucketVersioningStatus.ENABLED);
    store.put(bucket, "a", "3");
    store.delete(bucket, "a", null);
    var copy = CopyObjectRequest.builder().bucket(bucket).key("b").copySource(bucket + "/c");
    store.put(bucket, "c", "4");
    store.call(Operation.COPY_OBJECT, copy.build(), Object.class);
    var upload = begin(bucket);
    var eTag = store.uploadPart(bucket, "d", upload, 1, "5").eTag();
    store.call(
        Operation.COMPLETE_MULTIPART_UPLOAD,
        CompleteMultipartUploadRequest.builder()
            .bucket(bucket)
            .key("d")
            .uploadId(upload)
            .multipartUpload(Store.parts(List.of(String.valueOf(eTag))))
            .build(),
        CompleteMultipartUploadOutput.class);
  }

  private String begin(String bucket) {
    var request = CreateMultipartUploadRequest.builder().bucket(bucket).key("d").build();
    var output =
        store.call(Operation.CREATE_MULTIPART_UPLOAD, request, CreateMultipartUploadOutput.class);
    return String.valueOf(output.uploadId());
  }

  @Test
  void whatTheCollectorRemovesMayWait() throws Exception {
    store.createBucket("books");
    var upload = begin("books");
    store.uploadPart("books", "d", upload, 1, "5");
    store.call(
        Operation.ABORT_MULTIPART_UPLOAD,
        AbortMultipartUploadRequest.builder().bucket("books").key("d").uploadId(upload).build(),
        Object.class);
    asked.clear();
    for (int i = 0; i < 1_000 && asked.isEmpty(); i++) {
      Thread.sleep(10);
    }
    assertEquals(Set.of(Durability.RELAXED), Collections.unmodifiableSet(asked));
  }

  private Storage watched(Storage storage) {
    return Intercepted.over(
        storage,
        (method, arguments, call) -> {
          for (var argument : arguments) {
            switch (argument) {
              case Batch batch -> asked.add(batch.durability());
              case BlobHint hint -> asked.add(hint.durability());
              case null, default -> {}
            }
          }
          return call.proceed();
        });
  }
}
