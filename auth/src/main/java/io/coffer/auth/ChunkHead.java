package io.coffer.auth;

import io.coffer.model.S3Exception;
import java.util.HexFormat;

/**
 * The line before the data of a chunk.
 *
 * @param size of the data in bytes; 0 for the last chunk
 * @param signature 64 hex digits; empty when chunks are not signed
 */
record ChunkHead(long size, String signature) {
  private static final String SIGNATURE = ";chunk-signature=";
  private static final int SIGNATURE_DIGITS = 64;
  private static final int MAX_SIZE_DIGITS = 15;

  /**
   * @throws S3Exception InvalidRequest
   */
  static ChunkHead parse(String line, boolean signed) {
    int end = signed ? line.indexOf(';') : line.length();
    var size = end < 0 ? line : line.substring(0, end);
    if (size.isEmpty() || size.length() > MAX_SIZE_DIGITS || !isHex(size)) {
      throw AwsChunkedBody.malformed("a chunk must start with its size in hex");
    }
    var signature = "";
    if (signed) {
      signature =
          end >= 0 && line.startsWith(SIGNATURE, end)
              ? line.substring(end + SIGNATURE.length())
              : "";
      if (signature.length() != SIGNATURE_DIGITS || !isHex(signature)) {
        throw AwsChunkedBody.malformed("a chunk's size must be followed by its chunk-signature");
      }
    }
    return new ChunkHead(HexFormat.fromHexDigitsToLong(size), signature);
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(HexFormat::isHexDigit);
  }
}
