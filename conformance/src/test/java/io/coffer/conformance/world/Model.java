package io.coffer.conformance.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What S3's documentation says that a store holds: maps and lists, and nothing of the service. */
final class Model {
  static final String NULL = "null";

  /** AWS: objects are listed in the order of the UTF-8 bytes of their keys. */
  static final Comparator<String> BY_UTF8 =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  enum Versioning {
    NEVER,
    ENABLED,
    SUSPENDED
  }

  /**
   * A version of an object, or a delete marker.
   *
   * @param id "null", or "v" and the step that made it
   * @param body null for a delete marker
   * @param upload that it was made from, or -1
   * @param parts bytes of each part, or of the whole
   */
  record Version(
      String id,
      byte @Nullable [] body,
      String eTag,
      long modified,
      @Nullable String by,
      String tags,
      int upload,
      List<Integer> parts) {
    boolean isMarker() {
      return body == null;
    }

    byte[] bytes() {
      if (body == null) {
        throw new IllegalStateException("a delete marker");
      }
      return body;
    }

    Version withTags(String other) {
      return new Version(id, body, eTag, modified, by, other, upload, parts);
    }
  }

  /** A part of an upload. */
  record Part(byte[] body, String eTag, long modified) {}

  /** An upload in progress. */
  record Upload(int step, String key, Map<Integer, Part> parts) {}

  /** One bucket. */
  static final class Bucket {
    Versioning versioning = Versioning.NEVER;

    /** The newest version first. */
    final TreeMap<String, List<Version>> versions = new TreeMap<>(BY_UTF8);

    final TreeMap<Integer, Upload> uploads = new TreeMap<>();

    List<Version> of(String key) {
      return versions.getOrDefault(key, List.of());
    }

    /** The newest version when it is an object. */
    @Nullable Version live(String key) {
      var all = of(key);
      return all.isEmpty() || all.getFirst().isMarker() ? null : all.getFirst();
    }

    /** Puts a version or marker on top, by the bucket's versioning. */
    void push(String key, Version version) {
      var all = versions.computeIfAbsent(key, k -> new ArrayList<>());
      if (version.id().equals(NULL)) {
        all.removeIf(old -> old.id().equals(NULL));
      }
      all.addFirst(version);
    }

    void remove(String key, String id) {
      var all = versions.getOrDefault(key, new ArrayList<>());
      all.removeIf(version -> version.id().equals(id));
      if (all.isEmpty()) {
        versions.remove(key);
      }
    }
  }

  final TreeMap<String, Bucket> buckets = new TreeMap<>();

  /** Bytes of every piece that has to be kept in one blob, in order of size. */
  List<Integer> pieces() {
    var pieces = new ArrayList<Integer>();
    for (var bucket : buckets.values()) {
      bucket.versions.values().forEach(all -> all.forEach(v -> pieces.addAll(v.parts())));
      for (var upload : bucket.uploads.values()) {
        upload.parts().values().forEach(part -> pieces.add(part.body().length));
      }
    }
    pieces.removeIf(size -> size == 0);
    pieces.sort(null);
    return pieces;
  }

  static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
