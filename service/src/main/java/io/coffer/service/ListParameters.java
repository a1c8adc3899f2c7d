package io.coffer.service;

import io.coffer.auth.UriEncoding;
import io.coffer.model.S3Error;
import io.coffer.model.s3.EncodingType;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of all listings have in common.
 *
 * @param max entries of a page, 0 to 1,000
 * @param encoded whether keys are percent-encoded in the answer
 */
public record ListParameters(String prefix, String delimiter, int max, boolean encoded) {
  private static final int MAX = 1_000;

  /**
   * Checks what a request gives.
   *
   * @param maxName the parameter's name, for the error
   * @throws io.coffer.model.S3Exception InvalidArgument
   */
  public static ListParameters of(
      @Nullable String prefix,
      @Nullable String delimiter,
      String maxName,
      @Nullable Integer max,
      @Nullable EncodingType encoding) {
    return new ListParameters(
        prefix == null ? "" : prefix,
        delimiter == null ? "" : delimiter,
        max(maxName, max),
        encoding == EncodingType.URL);
  }

  /**
   * Entries of a page: as asked for, at most 1,000.
   *
   * @throws io.coffer.model.S3Exception InvalidArgument
   */
  public static int max(String name, @Nullable Integer given) {
    if (given != null && given < 0) {
      throw S3Error.INVALID_ARGUMENT
          .exception("Argument " + name + " must be an integer between 0 and 2147483647")
          .with("ArgumentName", name)
          .with("ArgumentValue", given.toString());
    }
    return given == null ? MAX : Math.min(given, MAX);
  }

  public Listing.Query query() {
    return new Listing.Query(prefix, delimiter, max);
  }

  /** A key, prefix, delimiter or marker as the answer shows it. */
  public String show(String text) {
    return encoded ? UriEncoding.encode(text, true) : text;
  }

  /** The same for what may be absent; what is empty is absent. */
  public @Nullable String showOrNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : show(text);
  }
}
