package io.coffer.conformance.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a workload asks of a store. Ids that a store chooses are named by the number of
 * the step that they came from, so that a list of steps keeps its sense when some are left out.
 */
sealed interface Op {
  /** A bucket and a key in it. */
  record Where(String bucket, String key) {
    @Override
    public String toString() {
      return bucket + ":" + Script.quoted(key);
    }
  }

  /** Bytes that look random, and can be made again. */
  record Bytes(int seed, int length) {
    byte[] make() {
      var bytes = new byte[length];
      new java.util.SplittableRandom(seed).nextBytes(bytes);
      return bytes;
    }
  }

  /**
   * Which version is meant.
   *
   * @param step whose answer gave the id, or one of the two below
   */
  record Version(int step) {
    static final Version CURRENT = new Version(-1);

    /** The null version. */
    static final Version NULL = new Version(-2);
  }

  /** What must hold of the current object for a write to happen. */
  sealed interface Condition {
    /** Nothing. */
    record None() implements Condition {}

    /** {@code If-None-Match: *}. */
    record Absent() implements Condition {}

    /** {@code If-Match} with the ETag that a step was answered. */
    record Match(int step) implements Condition {}
  }

  /** Both ends included. */
  record Range(long first, long last) {
    @Override
    public String toString() {
      return "bytes=" + first + "-" + last;
    }
  }

  /**
   * Which rows of a listing, and how many a page.
   *
   * @param after what the first page begins behind: start-after, marker or key-marker; empty for
   *     none
   */
  record Query(String prefix, String delimiter, int max, String after) {}

  record CreateBucket(String bucket) implements Op {}

  record DeleteBucket(String bucket) implements Op {}

  record SetVersioning(String bucket, boolean enabled) implements Op {}

  record Put(Where at, Bytes body, Condition condition, String tags) implements Op {}

  record Delete(Where at, Version version) implements Op {}

  /** CopyObject; with {@code replace} the metadata is the request's. */
  record Copy(Where from, Version version, Where to, boolean replace) implements Op {}

  /** PutObjectTagging, or DeleteObjectTagging when there are none. */
  record Tag(Where at, Version version, String tags) implements Op {}

  record CreateUpload(Where at) implements Op {}

  record UploadPart(Where at, int upload, int number, Bytes body) implements Op {}

  record UploadPartCopy(
      Where at, int upload, int number, Where from, Version version, @Nullable Range range)
      implements Op {}

  /**
   * CompleteMultipartUpload.
   *
   * @param parts the steps that uploaded the parts that are named
   */
  record Complete(Where at, int upload, List<Integer> parts, Condition condition) implements Op {}

  record Abort(Where at, int upload) implements Op {}

  record Get(Where at, Version version, @Nullable Range range) implements Op {}

  record Head(Where at, Version version) implements Op {}

  record GetTags(Where at, Version version) implements Op {}

  record GetVersioning(String bucket) implements Op {}

  record ListBuckets() implements Op {}

  record ListObjects(String bucket, Query query) implements Op {}

  record ListVersions(String bucket, Query query) implements Op {}

  record ListUploads(String bucket, Query query) implements Op {}

  record ListParts(Where at, int upload) implements Op {}

  /** The clock jumps, forward or back. */
  record Tick(long millis) implements Op {}

  /** The server ends as it should, and starts again. */
  record Restart() implements Op {}

  /** Whether a store may be another one after it. */
  default boolean changes() {
    return switch (this) {
      case Get get -> false;
      case Head head -> false;
      case GetTags tags -> false;
      case GetVersioning versioning -> false;
      case ListBuckets list -> false;
      case ListObjects list -> false;
      case ListVersions list -> false;
      case ListUploads list -> false;
      case ListParts list -> false;
      case Tick tick -> false;
      default -> true;
    };
  }
}
