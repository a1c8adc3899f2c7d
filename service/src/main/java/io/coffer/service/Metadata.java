package io.coffer.service;

import io.coffer.model.S3Error;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of an object, returned as given.
 *
 * @param contentType never null: S3's default when the client gave none
 * @param user user metadata by lower-case name without {@code x-amz-meta-}, at most 2 KB in all
 */
public record Metadata(
    String contentType,
    @Nullable String cacheControl,
    @Nullable String contentDisposition,
    @Nullable String contentEncoding,
    @Nullable String contentLanguage,
    @Nullable String expires,
    @Nullable String websiteRedirectLocation,
    Map<String, String> user) {
  private static final String DEFAULT_CONTENT_TYPE = "binary/octet-stream";
  private static final int MAX_USER_BYTES = 2_048;

  /**
   * What a request says.
   *
   * @param contentType null or empty for S3's default
   * @throws io.coffer.model.S3Exception MetadataTooLarge
   */
  public static Metadata of(
      @Nullable String contentType,
      @Nullable String cacheControl,
      @Nullable String contentDisposition,
      @Nullable String contentEncoding,
      @Nullable String contentLanguage,
      @Nullable String expires,
      @Nullable String websiteRedirectLocation,
      @Nullable Map<String, String> user) {
    var named = user == null ? Map.<String, String>of() : user;
    int size = 0;
    for (var entry : named.entrySet()) {
      size += Paths.utf8(entry.getKey()).length + Paths.utf8(entry.getValue()).length;
    }
    if (size > MAX_USER_BYTES) {
      throw S3Error.METADATA_TOO_LARGE
          .exception()
          .with("Size", Integer.toString(size))
          .with("MaxSizeAllowed", Integer.toString(MAX_USER_BYTES));
    }
    return new Metadata(
        contentType == null || contentType.isEmpty() ? DEFAULT_CONTENT_TYPE : contentType,
        cacheControl,
        contentDisposition,
        contentEncoding,
        contentLanguage,
        expires,
        websiteRedirectLocation,
        new TreeMap<>(named));
  }

  /** The same with another redirect, which copies do not take from their source. */
  public Metadata withWebsiteRedirectLocation(@Nullable String location) {
    return new Metadata(
        contentType,
        cacheControl,
        contentDisposition,
        contentEncoding,
        contentLanguage,
        expires,
        location,
        user);
  }

  void encode(RowWriter out) {
    out.text(contentType)
        .textOrNull(cacheControl)
        .textOrNull(contentDisposition)
        .textOrNull(contentEncoding)
        .textOrNull(contentLanguage)
        .textOrNull(expires)
        .textOrNull(websiteRedirectLocation)
        .map(user);
  }

  static Metadata decode(RowReader in) {
    return new Metadata(
        in.text(),
        in.textOrNull(),
        in.textOrNull(),
        in.textOrNull(),
        in.textOrNull(),
        in.textOrNull(),
        in.textOrNull(),
        in.map());
  }
}
