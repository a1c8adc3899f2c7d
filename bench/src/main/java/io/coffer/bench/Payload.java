package io.coffer.bench;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bytes of an object or of a part, as pieces of the content.
 *
 * @param inParts whether it was made of parts, a slice each
 */
record Payload(Fingerprint fingerprint, List<Slice> slices, boolean inParts) {

  /** What one PUT sends. */
  static Payload of(Content content, Slice slice, long tag) {
    return whole(content, List.of(slice), tag);
  }

  /**
   * What CompleteMultipartUpload makes of parts.
   *
   * @param tag that of the upload
   */
  static Payload ofParts(Content content, Collection<Payload> parts, long tag) {
    var slices = parts.stream().flatMap(part -> part.slices.stream()).toList();
    var eTags = digest("MD5");
    parts.forEach(part -> eTags.update(HexFormat.of().parseHex(part.fingerprint.eTag())));
    return make(content, slices, hex(eTags) + "-" + parts.size(), tag, true);
  }

  /** What CopyObject makes of it. */
  Payload copy(Content content, long tag) {
    return whole(content, slices, tag);
  }

  long length() {
    return fingerprint.length();
  }

  /** The lengths of the blobs that hold it. */
  Stream<Long> blobLengths() {
    return inParts ? slices.stream().map(Slice::length) : Stream.of(length());
  }

  private static Payload whole(Content content, List<Slice> slices, long tag) {
    var md5 = digest("MD5");
    slices.forEach(slice -> content.feed(md5, slice));
    return make(content, slices, hex(md5), tag, false);
  }

  private static Payload make(
      Content content, List<Slice> slices, String eTag, long tag, boolean inParts) {
    var sha256 = digest("SHA-256");
    slices.forEach(slice -> content.feed(sha256, slice));
    long length = slices.stream().mapToLong(Slice::length).sum();
    return new Payload(new Fingerprint(length, hex(sha256), eTag, tag), slices, inParts);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
