package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The header x-amz-copy-source: {@code [/]bucket/key[?versionId=id]}, percent-encoded.
 *
 * @param versionId null for the current version
 */
public record CopySource(String bucket, ObjectKey key, @Nullable String versionId) {
  private static final String VERSION = "?versionId=";

  /**
   * Parses the header.
   *
   * @throws S3Exception InvalidArgument
   */
  public static CopySource parse(@Nullable String header) {
    if (header == null) {
      throw invalid("");
    }
    var path = header.startsWith("/") ? header.substring(1) : header;
    String versionId = null;
    int mark = path.lastIndexOf(VERSION);
    if (mark >= 0) {
      versionId = path.substring(mark + VERSION.length());
      path = path.substring(0, mark);
    }
    path = decode(path, header);
    if (path.startsWith("/")) {
      path = path.substring(1);
    }
    int slash = path.indexOf('/');
    if (slash <= 0 || slash == path.length() - 1) {
      throw invalid(header);
    }
    return new CopySource(
        path.substring(0, slash), new ObjectKey(path.substring(slash + 1)), versionId);
  }

  /** Percent-decodes; what is not encoded stays as it is, a plus sign too. */
  private static String decode(String text, String header) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        decoded.write(bytes[i]);
        continue;
      }
      if (i + 2 >= bytes.length) {
        throw invalid(header);
      }
      int high = Character.digit(bytes[i + 1], 16);
      int low = Character.digit(bytes[i + 2], 16);
      if (high < 0 || low < 0) {
        throw invalid(header);
      }
      decoded.write(high << 4 | low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw invalid(header);
    }
  }

  private static S3Exception invalid(String header) {
    return S3Error.INVALID_ARGUMENT
        .exception("Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
        .with("ArgumentName", "x-amz-copy-source")
        .with("ArgumentValue", header);
  }
}
