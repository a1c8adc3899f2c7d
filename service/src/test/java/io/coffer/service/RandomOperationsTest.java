package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.S3Error;
import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.ListObjectVersionsOutput;
import io.coffer.model.s3.ListObjectVersionsRequest;
import io.coffer.model.s3.Operation;
import io.coffer.storage.Fault;
import io.coffer.storage.Faulty;
import io.coffer.storage.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random puts, deletes and switches of versioning, against the plainest model of S3's rules. */
class RandomOperationsTest {
  private static final List<String> KEYS = List.of("a", "a/b", "b", "é");

  /**
   * A commit that is answered with silence six times over ends in a 503 that says nothing of what
   * was done, which no model can follow: at these rates once in a million runs.
   */
  private static final Map<Fault, Double> SELDOM_SILENT =
      Map.of(Fault.REFUSED, 0.1, Fault.UNKNOWN_AFTER, 0.02, Fault.UNKNOWN_BEFORE, 0.01);

  /** A version in the model; {@code content} is null for a delete marker. */
  private record Version(String id, @Nullable String content) {}

  /** The newest version first. */
  private final Map<String, List<Version>> model = new TreeMap<>();

  private @Nullable BucketVersioningStatus versioning;

  @Test
  void memoryAndModelAgree() {
    long seed = System.nanoTime();
    try (var store = new Store()) {
      run(store, seed, 1_500);
    }
  }

  @Test
  void theyAgreeThoughStorageRefusesAndForgetsToAnswer() {
    long seed = System.nanoTime();
    try (var storage = new Faulty(MemoryStorage.create(), seed, SELDOM_SILENT);
        var store = new Store(storage)) {
      run(store, seed, 1_000);
      assertTrue(storage.injected(Fault.REFUSED) > 0 && storage.injected(Fault.UNKNOWN_AFTER) > 0);
    }
  }

  private void run(Store store, long seed, int steps) {
    var random = new Random(seed);
    store.createBucket("bucket");
    for (int step = 0; step < steps; step++) {
      var key = KEYS.get(random.nextInt(KEYS.size()));
      var context = "seed " + seed + ", step " + step;
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> put(store, key, "content " + step);
        case 4, 5 -> delete(store, key);
        case 6, 7 -> deleteVersion(store, key, random);
        case 8 -> switchVersioning(store, random);
        default -> checkListing(store, context);
      }
      check(store, key, context);
    }
    checkListing(store, "seed " + seed);
  }

  private List<Version> versionsOf(String key) {
    return model.computeIfAbsent(key, k -> new ArrayList<>());
  }

  private boolean keepsVersions() {
    return versioning == BucketVersioningStatus.ENABLED;
  }

  private void put(Store store, String key, String content) {
    push(key, store.put("bucket", key, content).versionId(), content);
  }

  private void delete(Store store, String key) {
    var answer = store.delete("bucket", key, null);
    if (versioning == null) {
      versionsOf(key).clear();
    } else {
      push(key, answer.versionId(), null);
    }
  }

  private void push(String key, @Nullable String id, @Nullable String content) {
    var versions = versionsOf(key);
    var name = id == null ? "null" : id;
    assertEquals(keepsVersions(), !name.equals("null"));
    versions.removeIf(version -> version.id().equals("null") && !keepsVersions());
    versions.addFirst(new Version(name, content));
  }

  private void deleteVersion(Store store, String key, Random random) {
    var versions = versionsOf(key);
    var id =
        versions.isEmpty() || random.nextInt(5) == 0
            ? "null"
            : versions.get(random.nextInt(versions.size())).id();
    store.delete("bucket", key, id);
    versions.removeIf(version -> version.id().equals(id));
  }

  private void switchVersioning(Store store, Random random) {
    versioning =
        random.nextBoolean() ? BucketVersioningStatus.ENABLED : BucketVersioningStatus.SUSPENDED;
    store.versioning("bucket", versioning);
  }

  private void check(Store store, String key, String context) {
    var versions = versionsOf(key);
    var newest = versions.isEmpty() ? null : versions.getFirst().content();
    if (newest == null) {
      assertEquals(S3Error.NO_SUCH_KEY, Store.errorOf(() -> store.read("bucket", key)), context);
    } else {
      assertEquals(newest, store.read("bucket", key), context);
    }
    for (var version : versions) {
      if (version.content() != null) {
        assertEquals(version.content(), store.read("bucket", key, version.id()), context);
      }
    }
  }

  private void checkListing(Store store, String context) {
    var expected = new TreeSet<String>();
    model.forEach(
        (key, versions) -> {
          for (var version : versions) {
            boolean latest = version.id().equals(versions.getFirst().id());
            expected.add(key + " " + version.id() + " " + latest);
          }
        });
    var listed =
        store.call(
            Operation.LIST_OBJECT_VERSIONS,
            ListObjectVersionsRequest.builder().bucket("bucket").build(),
            ListObjectVersionsOutput.class);
    if (Boolean.TRUE.equals(listed.isTruncated())) {
      return;
    }
    var actual = new TreeSet<String>();
    if (listed.versions() != null) {
      listed
          .versions()
          .forEach(v -> actual.add(v.key() + " " + v.versionId() + " " + v.isLatest()));
    }
    if (listed.deleteMarkers() != null) {
      listed
          .deleteMarkers()
          .forEach(v -> actual.add(v.key() + " " + v.versionId() + " " + v.isLatest()));
    }
    assertEquals(expected, actual, context);
  }
}
