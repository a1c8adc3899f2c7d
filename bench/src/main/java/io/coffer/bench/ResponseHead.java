package io.coffer.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Status line and headers of an answer. */
record ResponseHead(int status, String fields) {
  /**
   * @param text status line and header lines, each with its line end
   * @throws IllegalArgumentException if it does not begin as an HTTP/1.1 answer does
   */
  static ResponseHead parse(String text) {
    int end = text.indexOf("\r\n");
    if (!text.startsWith("HTTP/1.") || end < 12) {
      throw new IllegalArgumentException("no HTTP answer: " + text.lines().findFirst().orElse(""));
    }
    return new ResponseHead(Integer.parseInt(text.substring(9, 12)), text.substring(end));
  }

  /**
   * @param name in lower case
   */
  @Nullable String header(String name) {
    String lower = fields.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("\r\n" + name + ":");
    if (at < 0) {
      return null;
    }
    int start = at + name.length() + 3;
    return fields.substring(start, fields.indexOf("\r\n", start)).strip();
  }

  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  boolean chunked() {
    return "chunked".equalsIgnoreCase(header("transfer-encoding"));
  }

  boolean closes() {
    return "close".equalsIgnoreCase(header("connection"));
  }

  /** Bytes of the body that the head announces; -1 when it ends with the connection. */
  long contentLength() {
    String value = header("content-length");
    return value == null ? -1 : Long.parseLong(value);
  }
}
