package io.coffer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Everything that the listings of a server show in some buckets, by the path of the key.
 *
 * @param versions of each key as they are listed: the newest first
 * @param complaints what contradicts itself
 */
record Inventory(
    Map<String, List<ListingPage.Entry>> versions,
    Map<String, List<ListingPage.Entry>> uploads,
    List<String> complaints) {

  /** Reads all listings, page by page. */
  static Inventory read(
      Caller caller, RequestFactory requests, List<TrialBucket> buckets, int pageSize)
      throws IOException {
    var inventory = new Inventory(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
    for (var bucket : buckets) {
      var path = bucket.path();
      inventory.add(
          path, Listed.UPLOADS.all(caller, requests, path, "", pageSize), inventory.uploads);
      inventory.check(
          path,
          Listed.VERSIONS.all(caller, requests, path, "", pageSize),
          Listed.OBJECTS.all(caller, requests, path, "", pageSize));
    }
    return inventory;
  }

  /**
   * Takes the versions of a bucket, and holds its two listings against each other.
   *
   * @param versionEntries of ListObjectVersions
   * @param objectEntries of ListObjectsV2
   */
  void check(
      String path, List<ListingPage.Entry> versionEntries, List<ListingPage.Entry> objectEntries)
      throws IOException {
    var ofBucket = new TreeMap<String, List<ListingPage.Entry>>();
    add(path, versionEntries, ofBucket);
    checkLatest(ofBucket);
    compare(path, versionEntries, objectEntries);
    versions.putAll(ofBucket);
  }

  private void add(
      String path, List<ListingPage.Entry> entries, Map<String, List<ListingPage.Entry>> byPath)
      throws IOException {
    var before = "";
    for (var entry : entries) {
      var key = entry.get("Key");
      if (key.compareTo(before) < 0) {
        complaints.add(
            "%s: a listing has %s %s after %s".formatted(path, entry.kind(), key, before));
      }
      before = key;
      byPath.computeIfAbsent(path + "/" + key, k -> new ArrayList<>()).add(entry);
    }
  }

  /** One version of each key, and no other, is called the latest. */
  private void checkLatest(Map<String, List<ListingPage.Entry>> ofBucket) {
    ofBucket.forEach(
        (path, ofKey) -> {
          long latest =
              ofKey.stream().filter(e -> "true".equals(e.fields().get("IsLatest"))).count();
          if (latest != 1) {
            complaints.add("%s has %d versions that are the latest".formatted(path, latest));
          }
        });
  }

  /** ListObjectsV2 shows the objects that ListObjectVersions calls the latest. */
  private void compare(
      String path, List<ListingPage.Entry> versions, List<ListingPage.Entry> objects)
      throws IOException {
    var latest = new ArrayList<ListingPage.Entry>();
    for (var entry : versions) {
      if (entry.kind().equals("Version") && entry.get("IsLatest").equals("true")) {
        latest.add(entry);
      }
    }
    var expected = lines(latest);
    var found = lines(objects);
    if (!Objects.equals(expected, found)) {
      complaints.add(
          "%s: ListObjectVersions has%n  %s%n  and ListObjectsV2%n  %s"
              .formatted(path, expected, found));
    }
  }

  /** Listed objects as lines of key, ETag and size. */
  static List<String> lines(List<ListingPage.Entry> entries) throws IOException {
    var lines = new ArrayList<String>();
    for (var entry : entries) {
      lines.add(OwnKeys.listed(entry.get("Key"), entry.get("ETag"), entry.number("Size")));
    }
    return lines;
  }
}
