package io.coffer.api;

import static io.coffer.model.S3Error.INVALID_URI;

import io.coffer.auth.UriEncoding;

/**
 * Percent-encoding of UTF-8 in URIs (RFC 3986 §2.1), strict. It is that of {@link UriEncoding}:
 * what a signature covers and what is asked for are read alike.
 */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * Decodes exactly: no normalisation, nothing is skipped.
   *
   * @param raw as it came, so that its characters stand for bytes
   * @param plusIsBlank as in a query
   * @throws io.coffer.model.S3Exception InvalidURI for a bad escape or bytes that are not UTF-8
   */
  static String decode(String raw, boolean plusIsBlank) {
    var decoded = plusIsBlank ? UriEncoding.decodeQuery(raw) : UriEncoding.decode(raw);
    boolean isBytes = raw.chars().allMatch(c -> c <= 0xFF);
    if (decoded == null || !isBytes) {
      throw INVALID_URI.exception();
    }
    return decoded;
  }

  /** Escapes all but unreserved characters, a slash too. */
  static String encode(String text) {
    return UriEncoding.encode(text, false);
  }
}
