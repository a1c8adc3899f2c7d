package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.CommonPrefix;
import io.coffer.model.s3.ListObjectVersionsOutput;
import io.coffer.model.s3.ListObjectVersionsRequest;
import io.coffer.model.s3.ListObjectsV2Output;
import io.coffer.model.s3.ListObjectsV2Request;
import io.coffer.model.s3.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listings against the plainest way to make one. */
class ListingTest {
  private static final String[] PIECES = {"a", "b", "/", "//", "é", "\u0001", "\uFFFF", "😀", "-"};

  private final Store store = new Store();

  @AfterEach
  void close() {
    store.close();
  }

  private static int byBytes(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void randomListingsEqualTheReference() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    store.createBucket("bucket");
    var keys = new TreeSet<String>(ListingTest::byBytes);
    for (int i = 0; i < 300; i++) {
      var key = text(random, 1 + random.nextInt(6));
      keys.add(key);
      store.put("bucket", key, "");
    }
    for (int i = 0; i < 300; i++) {
      var prefix = random.nextBoolean() ? "" : text(random, 1 + random.nextInt(2));
      var delimiter = random.nextInt(3) == 0 ? "" : text(random, 1 + random.nextInt(2));
      int max = 1 + random.nextInt(20);
      var after = random.nextBoolean() ? "" : text(random, 1 + random.nextInt(4));
      assertEquals(
          reference(keys, prefix, delimiter, after),
          paged(prefix, delimiter, max, after),
          "seed %d: prefix %s, delimiter %s, max %d, after %s"
              .formatted(seed, prefix, delimiter, max, after));
    }
  }

  private static String text(Random random, int pieces) {
    var text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** Entries in order: keys, and common prefixes once, all greater than {@code after}. */
  private static List<String> reference(
      Set<String> keys, String prefix, String delimiter, String after) {
    var entries = new TreeSet<String>(ListingTest::byBytes);
    for (var key : keys) {
      if (key.startsWith(prefix)) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        entries.add(end < 0 ? key : key.substring(0, end + delimiter.length()) + "*");
      }
    }
    entries.removeIf(
        entry -> {
          var plain = entry.endsWith("*") ? entry.substring(0, entry.length() - 1) : entry;
          return byBytes(plain, after) <= 0;
        });
    return entries.stream().toList();
  }

  private List<String> paged(String prefix, String delimiter, int max, String after) {
    var entries = new ArrayList<String>();
    String token = null;
    do {
      var page =
          store.call(
              Operation.LIST_OBJECTS_V2,
              ListObjectsV2Request.builder()
                  .bucket("bucket")
                  .prefix(prefix)
                  .delimiter(delimiter)
                  .maxKeys(max)
                  .startAfter(after)
                  .continuationToken(token)
                  .build(),
              ListObjectsV2Output.class);
      var contents =
          page.contents() == null ? List.<io.coffer.model.s3.Object>of() : page.contents();
      var prefixes =
          page.commonPrefixes() == null ? List.<CommonPrefix>of() : page.commonPrefixes();
      assertFalse(contents.size() + prefixes.size() > max);
      entries.addAll(
          merged(
              contents.stream().map(o -> String.valueOf(o.key())).toList(),
              prefixes.stream().map(p -> p.prefix() + "*").toList()));
      token = page.nextContinuationToken();
    } while (token != null);
    return entries;
  }

  /** The two lists of a page as one; what is out of order in one of them stays so. */
  private static List<String> merged(List<String> keys, List<String> prefixes) {
    var merged = new ArrayList<String>();
    int next = 0;
    for (var key : keys) {
      while (next < prefixes.size() && byBytes(prefixes.get(next), key) < 0) {
        merged.add(prefixes.get(next++));
      }
      merged.add(key);
    }
    merged.addAll(prefixes.subList(next, prefixes.size()));
    return merged;
  }

  @Test
  void versionsOfAKeyComeNewestFirstAcrossPages() {
    store.createBucket("versions");
    store.put("versions", "a", "null version");
    store.versioning("versions", BucketVersioningStatus.ENABLED);
    var expected = new ArrayList<String>();
    for (var key : List.of("a", "a\0b", "b")) {
      var ofKey = new ArrayList<String>();
      if (key.equals("a")) {
        ofKey.add("a null");
      }
      for (int i = 0; i < 5; i++) {
        ofKey.addFirst(key + " " + store.put("versions", key, "v" + i).versionId());
      }
      ofKey.addFirst(key + " " + store.delete("versions", key, null).versionId());
      expected.addAll(ofKey);
    }
    for (int max = 1; max <= 7; max++) {
      assertEquals(expected, allVersions(max), "pages of " + max);
    }
  }

  private List<String> allVersions(int max) {
    var entries = new ArrayList<String>();
    String keyMarker = null;
    String idMarker = null;
    while (true) {
      var page =
          store.call(
              Operation.LIST_OBJECT_VERSIONS,
              ListObjectVersionsRequest.builder()
                  .bucket("versions")
                  .maxKeys(max)
                  .keyMarker(keyMarker)
                  .versionIdMarker(idMarker)
                  .build(),
              ListObjectVersionsOutput.class);
      var markers = page.deleteMarkers();
      var versions = page.versions();
      if (markers != null) {
        markers.forEach(m -> entries.add(m.key() + " " + m.versionId()));
      }
      if (versions != null) {
        versions.forEach(v -> entries.add(v.key() + " " + v.versionId()));
      }
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return inOrder(entries);
      }
      keyMarker = page.nextKeyMarker();
      idMarker = page.nextVersionIdMarker();
    }
  }

  /** A page has two lists; ids grow with time, so that the order within a key can be restored. */
  private static List<String> inOrder(List<String> entries) {
    var sorted = new ArrayList<>(entries);
    sorted.sort(
        (x, y) -> {
          int byKey = byBytes(keyOf(x), keyOf(y));
          return byKey != 0 ? byKey : idOf(y).compareTo(idOf(x));
        });
    return sorted;
  }

  private static String keyOf(String entry) {
    return entry.substring(0, entry.lastIndexOf(' '));
  }

  private static String idOf(String entry) {
    var id = entry.substring(entry.lastIndexOf(' ') + 1);
    return id.equals("null") ? "" : id;
  }
}
