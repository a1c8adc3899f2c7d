package io.coffer.api.transport;

import io.coffer.model.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How the client learns where the body of an answer ends (RFC 9112 §6).
 *
 * @param kind the way
 * @param length bytes of the body, or of the body that HEAD does not send; -1 when nobody knows
 */
record ResponseFraming(Kind kind, long length) {
  enum Kind {
    /** There is no body. */
    NONE,
    LENGTH,
    CHUNKED,
    /** For HTTP/1.0, when the length is not known. */
    UNTIL_CLOSE
  }

  /**
   * @param bodyLength what the body says, or -1
   * @throws IllegalArgumentException if the headers have another Content-Length than the body
   */
  static ResponseFraming of(AcceptedHead request, int status, Headers headers, long bodyLength) {
    var declared = headers.first("Content-Length");
    long length = declared == null ? bodyLength : Long.parseLong(declared);
    if (status == 204 || status < 200) {
      return new ResponseFraming(Kind.NONE, -1);
    }
    if (status == 304) {
      return new ResponseFraming(Kind.NONE, declared == null ? -1 : length);
    }
    if (request.head().method().equals("HEAD")) {
      return new ResponseFraming(Kind.NONE, length);
    }
    if (bodyLength >= 0 && length != bodyLength) {
      throw new IllegalArgumentException(
          "Content-Length is " + length + " but the body has " + bodyLength + " bytes.");
    }
    if (length >= 0) {
      return new ResponseFraming(Kind.LENGTH, length);
    }
    return new ResponseFraming(request.http11() ? Kind.CHUNKED : Kind.UNTIL_CLOSE, -1);
  }

  boolean untilClose() {
    return kind == Kind.UNTIL_CLOSE;
  }

  /** The header line that says so, or null. */
  @Nullable String line() {
    if (kind == Kind.CHUNKED) {
      return "Transfer-Encoding: chunked";
    }
    return length < 0 ? null : "Content-Length: " + length;
  }
}
