package io.coffer.service;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.S3Error;
import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.ListObjectVersionsOutput;
import io.coffer.model.s3.ListObjectVersionsRequest;
import io.coffer.model.s3.Operation;
import io.coffer.storage.BlobId;
import io.coffer.storage.memory.MemoryStorage;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * The clock jumps, forwards and backwards, also between two lives of a server; order never does.
 */
class ClockTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final Environment environment = new Environment(clock::get, new SecureRandom());
  private final MemoryStorage storage = MemoryStorage.create();

  @Test
  void versionsAreInTheOrderInWhichTheyWereWritten() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var store = new Store(storage, environment);
    store.createBucket("bucket");
    store.versioning("bucket", BucketVersioningStatus.ENABLED);
    var written = new ArrayList<String>();
    for (int i = 0; i < 60; i++) {
      clock.set(NOW.plus(Duration.ofMinutes(random.nextLong(-10_000_000, 10_000_000))));
      if (random.nextInt(5) == 0) {
        store = new Store(storage, environment); // as a start does; the other is idle
      }
      if (random.nextInt(5) == 0 && !written.isEmpty()) {
        store.delete("bucket", "k", null);
        var marked = store;
        assertEquals(S3Error.NO_SUCH_KEY, Store.errorOf(() -> marked.read("bucket", "k")));
      } else if (random.nextInt(5) == 0 && !written.isEmpty()) {
        store.delete("bucket", "k", written.removeFirst());
      }
      written.addFirst(String.valueOf(store.put("bucket", "k", "version " + i).versionId()));
      assertEquals("version " + i, store.read("bucket", "k"), "seed " + seed);
      assertEquals(written, versions(store), "seed " + seed + ", write " + i);
    }
    store.close();
  }

  @Test
  void theNullVersionIsTheNewestOneAlsoWhenTheClockWasSetBack() {
    var store = new Store(storage, environment);
    store.createBucket("bucket");
    store.put("bucket", "k", "before");
    clock.set(NOW.minus(Duration.ofDays(4_000)));
    store.versioning("bucket", BucketVersioningStatus.ENABLED);
    store.put("bucket", "k", "version");
    clock.set(NOW.minus(Duration.ofDays(8_000)));
    store.versioning("bucket", BucketVersioningStatus.SUSPENDED);
    store.put("bucket", "k", "after");

    assertEquals("after", store.read("bucket", "k"));
    assertEquals("after", store.read("bucket", "k", "null"));
    assertEquals(2, versions(store).size());
    store.close();
  }

  @Test
  void idsOfBlobsGrowAndAreNotUsedTwiceNotEvenAfterARestart() {
    var all = new HashSet<BlobId>();
    for (int life = 0; life < 3; life++) {
      clock.set(NOW);
      var ids = new BlobIds(environment);
      var last = ids.next();
      assertTrue(all.add(last));
      for (int i = 0; i < 1_000; i++) {
        clock.set(i % 3 == 0 ? NOW.minusSeconds(i) : NOW.plusMillis(i));
        var next = ids.next();
        assertTrue(next.compareTo(last) > 0, last + " before " + next);
        assertTrue(all.add(next), "twice: " + next);
        last = next;
      }
    }
  }

  private static List<String> versions(Store store) {
    var request = ListObjectVersionsRequest.builder().bucket("bucket").build();
    var listed =
        store.call(Operation.LIST_OBJECT_VERSIONS, request, ListObjectVersionsOutput.class);
    return requireNonNull(listed.versions()).stream()
        .map(v -> String.valueOf(v.versionId()))
        .toList();
  }
}
