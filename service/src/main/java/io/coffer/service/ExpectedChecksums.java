package io.coffer.service;

import io.coffer.checksums.Algorithm;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checksums that a client announced for a body: which algorithm is stored, what its value must
 * be, and whether the value comes in a trailer.
 *
 * @param contentMd5 16 bytes, or null
 * @param algorithm stored with the object; CRC64NVME when the client chose none
 * @param value given in a header, or null
 * @param inTrailer whether the value comes after the body
 */
public record ExpectedChecksums(
    byte @Nullable [] contentMd5, Algorithm algorithm, byte @Nullable [] value, boolean inTrailer) {
  /** S3 computes this one when the client sends none. */
  public static final Algorithm DEFAULT = Algorithm.CRC64NVME;

  private static final int MD5_BYTES = 16;

  /** None announced. */
  public static ExpectedChecksums none(Algorithm algorithm) {
    return new ExpectedChecksums(null, algorithm, null, false);
  }

  /**
   * Reads what the members of a request announce.
   *
   * @param contentMd5 Base64, or null
   * @param announced trailers that the body announced
   * @param given values by algorithm, at most one
   * @param fallback the algorithm when the client chose none
   * @throws S3Exception InvalidDigest, InvalidRequest
   */
  public static ExpectedChecksums of(
      @Nullable String contentMd5,
      Iterable<String> announced,
      Map<Algorithm, String> given,
      Algorithm fallback) {
    var md5 = contentMd5 == null ? null : decodeMd5(contentMd5);
    Algorithm trailing = null;
    for (var name : announced) {
      var algorithm = Algorithm.ofHeader(name.toLowerCase(Locale.ROOT));
      if (algorithm != null) {
        trailing = algorithm;
      }
    }
    if (given.size() + (trailing == null ? 0 : 1) > 1 && !given.containsKey(trailing)) {
      throw S3Error.INVALID_REQUEST.exception(
          "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    if (!given.isEmpty()) {
      var entry = given.entrySet().iterator().next();
      return new ExpectedChecksums(
          md5, entry.getKey(), decode(entry.getKey(), entry.getValue()), false);
    }
    return trailing == null
        ? new ExpectedChecksums(md5, fallback, null, false)
        : new ExpectedChecksums(md5, trailing, null, true);
  }

  private static byte[] decodeMd5(String text) {
    var value = base64(text);
    if (value == null || value.length != MD5_BYTES) {
      throw S3Error.INVALID_DIGEST
          .exception("The Content-MD5 you specified was invalid.")
          .with("Content-MD5", text);
    }
    return value;
  }

  /** The bytes of a checksum in Base64; what is none cannot match what was received. */
  static byte[] decode(Algorithm algorithm, String text) {
    var value = base64(text);
    if (value == null || value.length != algorithm.length()) {
      throw S3Error.BAD_DIGEST.exception(
          "Value for " + algorithm.headerName() + " header is invalid.");
    }
    return value;
  }

  private static byte @Nullable [] base64(String text) {
    try {
      return Base64.getDecoder().decode(text.trim());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Compares what came with what was announced.
   *
   * @throws S3Exception BadDigest, InvalidRequest for a bad trailer
   */
  void verify(Contents.Received received, Map<String, String> trailers) {
    if (contentMd5 != null && !Arrays.equals(contentMd5, received.md5())) {
      throw S3Error.BAD_DIGEST
          .exception("The Content-MD5 you specified did not match what we received.")
          .with("ExpectedDigest", Base64.getEncoder().encodeToString(contentMd5))
          .with("CalculatedDigest", Base64.getEncoder().encodeToString(received.md5()));
    }
    var wanted = value;
    if (inTrailer) {
      var text = trailers.get(algorithm.headerName());
      wanted = text == null ? null : decode(algorithm, text);
    }
    if (wanted != null && !Arrays.equals(wanted, received.checksum().value())) {
      throw S3Error.BAD_DIGEST.exception(
          "The " + algorithm + " you specified did not match the calculated checksum.");
    }
  }
}
