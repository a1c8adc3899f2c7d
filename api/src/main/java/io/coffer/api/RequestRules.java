package io.coffer.api;

import static io.coffer.model.S3Error.INVALID_REQUEST;
import static io.coffer.model.S3Error.MISSING_CONTENT_LENGTH;

import io.coffer.auth.Caller;
import io.coffer.model.Headers;
import io.coffer.model.Location;
import io.coffer.model.Type;
import io.coffer.model.s3.Operation;

/** What AWS demands of requests beside what the model says of their members. */
final class RequestRules {
  private RequestRules() {}

  /**
   * Whoever stores bytes says how many, or sends chunks that end by themselves.
   *
   * @throws io.coffer.model.S3Exception MissingContentLength
   */
  static void requireLength(Operation operation, Headers headers) {
    boolean isStream =
        operation.input().members().stream()
            .anyMatch(m -> m.location() == Location.PAYLOAD && m.type() instanceof Type.Stream);
    if (!isStream) {
      return;
    }
    boolean said =
        headers.contains("Content-Length")
            || headers.contains("x-amz-decoded-content-length")
            || headers.contains("Transfer-Encoding");
    if (!said) {
      throw MISSING_CONTENT_LENGTH.exception();
    }
  }

  /**
   * Nobody can make others show a public object under another content type.
   *
   * @throws io.coffer.model.S3Exception InvalidRequest
   */
  static void refuseOverridesOfAnonymous(Caller caller, QueryString query) {
    if (caller instanceof Caller.Anonymous
        && query.names().stream().anyMatch(n -> n.startsWith("response-"))) {
      throw INVALID_REQUEST.exception(
          "Request specific response headers cannot be used for anonymous GET requests.");
    }
  }
}
