package io.coffer.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered with what it asked for: thrown anywhere, rendered in one place.
 * It has no stack trace, since it is an answer and not a fault.
 */
public final class S3Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final S3Error error;
  private final transient Map<String, String> fields;
  private final transient Headers headers;

  private S3Exception(
      S3Error error, @Nullable String message, Map<String, String> fields, Headers headers) {
    super(message == null ? error.message() : message, null, false, false);
    this.error = error;
    this.fields = fields;
    this.headers = headers;
  }

  static S3Exception of(S3Error error, @Nullable String message) {
    return new S3Exception(error, message, Map.of(), Headers.empty());
  }

  public S3Error error() {
    return error;
  }

  /** The elements that the error's XML has beside Code, Message, Resource and RequestId. */
  public Map<String, String> fields() {
    return fields;
  }

  /** Headers that the answer carries beside the usual ones. */
  public Headers headers() {
    return headers;
  }

  /** The same error with one more element, such as {@code BucketName} or {@code Key}. */
  public S3Exception with(String field, String value) {
    var more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new S3Exception(error, getMessage(), more, headers);
  }

  /** The same error with one more header on the answer. */
  public S3Exception withHeader(String name, String value) {
    var more = Headers.builder();
    headers.fields().forEach(f -> more.add(f.name(), f.value()));
    return new S3Exception(error, getMessage(), fields, more.add(name, value).build());
  }
}
