package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.DeleteBucketRequest;
import io.coffer.model.s3.GetObjectRequest;
import io.coffer.model.s3.Operation;
import io.coffer.storage.Fault;
import io.coffer.storage.Faulty;
import io.coffer.storage.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Conditions hold at the moment of the write, however many write at once. */
class ConditionalWriteTest {

  private static List<@Nullable S3Error> allAtOnce(List<Callable<@Nullable S3Error>> tasks)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var errors = new ArrayList<@Nullable S3Error>();
      for (Future<@Nullable S3Error> future : threads.invokeAll(tasks)) {
        errors.add(future.get());
      }
      return errors;
    }
  }

  @Test
  void ofManyCreatorsOneWins() throws Exception {
    try (var store = new Store()) {
      store.createBucket("bucket");
      var tasks = new ArrayList<Callable<@Nullable S3Error>>();
      for (int i = 0; i < 40; i++) {
        var request = Store.request("bucket", "k", "writer " + i).ifNoneMatch("*").build();
        tasks.add(() -> Store.errorOf(() -> store.put(request)));
      }
      var errors = allAtOnce(tasks);
      int winner = errors.indexOf(null);
      assertEquals(39, errors.stream().filter(e -> e == S3Error.PRECONDITION_FAILED).count());
      assertEquals("writer " + winner, store.read("bucket", "k"));
    }
  }

  @Test
  void compareAndSwapLosesNothingThoughStorageIsFaulty() throws Exception {
    var faults = Map.of(Fault.REFUSED, 0.1, Fault.UNKNOWN_AFTER, 0.02, Fault.UNKNOWN_BEFORE, 0.02);
    var faulty = new Faulty(MemoryStorage.create(), 42, faults);
    try (var store = new Store(faulty)) {
      store.createBucket("bucket");
      store.put("bucket", "counter", "0");
      var tasks = new ArrayList<Callable<@Nullable S3Error>>();
      for (int i = 0; i < 20; i++) {
        tasks.add(
            () -> {
              increment(store);
              return null;
            });
      }
      allAtOnce(tasks);
      assertEquals("20", store.read("bucket", "counter"));
    }
  }

  private static void increment(Store store) {
    while (true) {
      var now = store.get(GetObjectRequest.builder().bucket("bucket").key("counter").build());
      var eTag = now.eTag();
      int value = Integer.parseInt(Store.text(now));
      try {
        store.put(
            Store.request("bucket", "counter", String.valueOf(value + 1)).ifMatch(eTag).build());
        return;
      } catch (S3Exception e) {
        assertEquals(S3Error.PRECONDITION_FAILED, e.error());
      }
    }
  }

  @Test
  void ifMatchNeedsAnObject() {
    try (var store = new Store()) {
      store.createBucket("bucket");
      var request = Store.request("bucket", "k", "x").ifMatch("\"abc\"").build();
      assertEquals(S3Error.NO_SUCH_KEY, Store.errorOf(() -> store.put(request)));
      assertNull(Store.errorOf(() -> store.put("bucket", "k", "y")));
      assertEquals(
          S3Error.PRECONDITION_FAILED,
          Store.errorOf(
              () -> store.put(Store.request("bucket", "k", "x").ifMatch("\"abc\"").build())));
    }
  }

  @Test
  void aBucketIsDeletedOnlyEmptyHoweverManyWrite() throws Exception {
    for (int round = 0; round < 30; round++) {
      try (var store = new Store()) {
        store.createBucket("bucket");
        var delete = DeleteBucketRequest.builder().bucket("bucket").build();
        var tasks = new ArrayList<Callable<@Nullable S3Error>>();
        tasks.add(() -> Store.errorOf(() -> store.put("bucket", "k", "x")));
        tasks.add(
            () -> Store.errorOf(() -> store.call(Operation.DELETE_BUCKET, delete, Object.class)));
        var errors = allAtOnce(tasks);
        if (errors.get(0) == null) {
          assertEquals(S3Error.BUCKET_NOT_EMPTY, errors.get(1));
          assertEquals("x", store.read("bucket", "k"));
        } else {
          assertNull(errors.get(1));
        }
      }
    }
  }
}
