package io.coffer.bench;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The keys that one writer alone writes, so that the order of requests for each is known. Used by
 * one thread at a time.
 */
final class OwnKeys {
  private static final long TAGS_OF_A_WRITER = 1_000_000_000;

  private final int writer;
  private final SortedMap<String, AllowedStates> byPath = new TreeMap<>();
  private long tags;

  OwnKeys(int writer, Collection<TrialBucket> buckets) {
    this.writer = writer;
    buckets.forEach(
        bucket -> bucket.paths(writer).forEach(path -> byPath.put(path, new AllowedStates())));
  }

  int writer() {
    return writer;
  }

  /** What is allowed, by the path of the key. */
  SortedMap<String, AllowedStates> byPath() {
    return Collections.unmodifiableSortedMap(byPath);
  }

  AllowedStates at(String path) {
    var states = byPath.get(path);
    if (states == null) {
      throw new IllegalArgumentException("not a key of writer " + writer + ": " + path);
    }
    return states;
  }

  /** A number that no other request has. */
  long nextTag() {
    return writer * TAGS_OF_A_WRITER + ++tags;
  }

  /** What ListObjectsV2 shows of this writer's keys in a bucket, while all is acknowledged. */
  List<String> listed(TrialBucket bucket) {
    return bucket
        .paths(writer)
        .sorted()
        .flatMap(
            path -> {
              var live = at(path).only().live();
              return live == null || live.object() == null
                  ? Stream.empty()
                  : Stream.of(
                      listed(
                          path.substring(bucket.path().length() + 1),
                          live.object().fingerprint().eTag(),
                          live.object().length()));
            })
        .toList();
  }

  /** A listed object as one line. */
  static String listed(String key, String eTag, long length) {
    return key + " " + eTag + " " + length;
  }
}
