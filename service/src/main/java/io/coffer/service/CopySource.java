package io.coffer.service;

import io.coffer.auth.UriEncoding;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
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
    path = UriEncoding.decode(path);
    if (path == null) {
      throw invalid(header);
    }
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

  private static S3Exception invalid(String header) {
    return S3Error.INVALID_ARGUMENT
        .exception("Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
        .with("ArgumentName", "x-amz-copy-source")
        .with("ArgumentValue", header);
  }
}
