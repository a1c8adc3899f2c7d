package io.coffer.api;

import static io.coffer.model.S3Error.BAD_DIGEST;
import static io.coffer.model.S3Error.INVALID_DIGEST;
import static io.coffer.model.S3Error.INVALID_REQUEST;

import io.coffer.checksums.Algorithm;
import io.coffer.model.Headers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies documents against the checksums that came with them: Content-MD5, and x-amz-checksum-*
 * as header or trailer. Source: Amazon S3 User Guide, "Checking object integrity".
 */
final class DocumentDigests {
  private static final String CONTENT_MD5 = "Content-MD5";

  private DocumentDigests() {}

  /**
   * Verifies the document of a request. Where the request has members for checksums
   * (CompleteMultipartUpload) they are those of the object, not of the document.
   *
   * @throws io.coffer.model.S3Exception InvalidDigest, BadDigest, InvalidRequest
   */
  static void verify(byte[] document, Incoming in) {
    boolean ofObject =
        in.operation().input().members().stream().anyMatch(m -> m.name().equals("ChecksumCRC32"));
    var headers = in.head().headers();
    int found = verifyContentMd5(document, headers);
    if (!ofObject) {
      found += verifyChecksums(document, headers, in.content().trailers());
    }
    if (in.operation().checksumRequired() && found == 0) {
      throw INVALID_REQUEST.exception(
          "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
    }
  }

  private static int verifyContentMd5(byte[] document, Headers headers) {
    var md5 = headers.first(CONTENT_MD5);
    if (md5 == null) {
      return 0;
    }
    verifyMd5(document, md5);
    return 1;
  }

  private static int verifyChecksums(
      byte[] document, Headers headers, Map<String, String> trailers) {
    int found = 0;
    for (var algorithm : Algorithm.values()) {
      var value = headers.first(algorithm.headerName());
      if (value == null) {
        value = trailers.get(algorithm.headerName());
      }
      if (value != null) {
        verify(document, algorithm, value);
        found++;
      }
    }
    return found;
  }

  private static void verifyMd5(byte[] document, String value) {
    var wanted = decode(value, Algorithm.MD5);
    if (wanted == null) {
      throw INVALID_DIGEST
          .exception("The Content-MD5 you specified was invalid.")
          .with(CONTENT_MD5, value);
    }
    var actual = digest(document, Algorithm.MD5);
    if (!Arrays.equals(wanted, actual)) {
      throw BAD_DIGEST
          .exception("The Content-MD5 you specified did not match what we received.")
          .with("ExpectedDigest", value)
          .with("CalculatedDigest", Base64.getEncoder().encodeToString(actual));
    }
  }

  private static void verify(byte[] document, Algorithm algorithm, String value) {
    var wanted = decode(value, algorithm);
    if (wanted == null) {
      throw INVALID_REQUEST.exception(
          "Value for " + algorithm.headerName() + " header is invalid.");
    }
    if (!Arrays.equals(wanted, digest(document, algorithm))) {
      throw BAD_DIGEST.exception(
          "The " + algorithm.name() + " you specified did not match the calculated checksum.");
    }
  }

  private static byte[] digest(byte[] document, Algorithm algorithm) {
    var digest = algorithm.newDigest();
    digest.update(ByteBuffer.wrap(document));
    return digest.finish();
  }

  private static byte @Nullable [] decode(String value, Algorithm algorithm) {
    try {
      var bytes = Base64.getDecoder().decode(value.strip());
      return bytes.length == algorithm.length() ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
