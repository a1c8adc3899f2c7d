package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.S3Error;
import io.coffer.model.s3.Bucket;
import io.coffer.model.s3.DeleteBucketRequest;
import io.coffer.model.s3.HeadBucketRequest;
import io.coffer.model.s3.ListBucketsOutput;
import io.coffer.model.s3.ListBucketsRequest;
import io.coffer.model.s3.Operation;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import io.coffer.storage.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Deleting a bucket takes three batches; it may end behind any of them. */
class InterruptedDeletionTest {
  /** Batches that are still taken. */
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  private Storage mortal() {
    return Intercepted.over(
        MemoryStorage.create(),
        (method, arguments, call) -> {
          if (method.equals("commit") && left.getAndDecrement() <= 0) {
            throw new StorageException.Failure("the process ended", null);
          }
          return call.proceed();
        });
  }

  private static List<@Nullable String> buckets(Store store) {
    var request = ListBucketsRequest.builder().build();
    var output = store.call(Operation.LIST_BUCKETS, request, ListBucketsOutput.class);
    var names = new ArrayList<@Nullable String>();
    for (var bucket : Objects.requireNonNullElse(output.buckets(), List.<Bucket>of())) {
      names.add(bucket.name());
    }
    return names;
  }

  private static @Nullable S3Error delete(Store store) {
    var request = DeleteBucketRequest.builder().bucket("bucket").build();
    return Store.errorOf(() -> store.call(Operation.DELETE_BUCKET, request, Object.class));
  }

  @Test
  void aBucketIsListedExactlyWhileItCanBeFound() {
    for (int batches = 0; batches < 3; batches++) {
      try (var store = new Store(mortal())) {
        store.createBucket("bucket");
        left.set(batches);
        assertEquals(S3Error.INTERNAL_ERROR, delete(store));
        left.set(Integer.MAX_VALUE);
        var listed = buckets(store);
        var head = HeadBucketRequest.builder().bucket("bucket").build();
        var error = Store.errorOf(() -> store.call(Operation.HEAD_BUCKET, head, Object.class));
        var expected = error == null ? List.of("bucket") : List.of();
        assertEquals(expected, listed, "behind " + batches + " batches");
        store.createBucket("bucket");
        assertEquals(List.of("bucket"), buckets(store));
      }
    }
  }
}
