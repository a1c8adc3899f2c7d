package io.coffer.api.transport;

import io.coffer.model.Headers;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the head of an answer: the handler's fields, and those that the transport answers for. */
final class ResponseHead {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private ResponseHead() {}

  static byte[] continueHead() {
    return CONTINUE.clone();
  }

  /**
   * The bytes of a head, values in UTF-8.
   *
   * @param headers Content-Length, Transfer-Encoding and Connection among them are left out
   * @param framing one header line that says how long the body is, or null
   * @param connection the value of Connection, or null for none
   * @throws IllegalArgumentException if a name is not a token
   */
  static byte[] encode(
      int status, Headers headers, @Nullable String framing, @Nullable String connection) {
    var head = new StringBuilder(512);
    head.append("HTTP/1.1 ").append(status).append(' ');
    head.append(HttpResponseStatus.valueOf(status).reasonPhrase()).append("\r\n");
    for (var field : headers.fields()) {
      if (!isOurs(field.name())) {
        appendName(head, field.name());
        head.append(": ");
        appendValue(head, field.value());
        head.append("\r\n");
      }
    }
    if (framing != null) {
      head.append(framing).append("\r\n");
    }
    if (connection != null) {
      head.append("Connection: ").append(connection).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isOurs(String name) {
    return switch (name.length()) {
      case 10 -> name.equalsIgnoreCase("Connection");
      case 14 -> name.equalsIgnoreCase("Content-Length");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }

  private static void appendName(StringBuilder head, String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7f || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        throw new IllegalArgumentException("not the name of a header field: " + name);
      }
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a header field without a name");
    }
    head.append(name);
  }

  /** Control characters become blanks (RFC 9110 §5.5), so that no value can end the field. */
  private static void appendValue(StringBuilder head, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      head.append((c < ' ' && c != '\t') || c == 0x7f ? ' ' : c);
    }
  }
}
