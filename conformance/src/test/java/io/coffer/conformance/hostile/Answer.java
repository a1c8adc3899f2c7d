package io.coffer.conformance.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered, as its bytes.
 *
 * @param head the status line and the fields, each with its CR LF, without the empty line
 */
record Answer(String head, byte[] body) {
  private static final String END_OF_HEAD = "\r\n\r\n";

  int status() {
    return Integer.parseInt(head.substring(9, 12));
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The value of a field; null when it is not there. */
  @Nullable String header(String name) {
    var start = name.toLowerCase(Locale.ROOT) + ":";
    return fields().stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElse(null);
  }

  /** The lines of the fields, as a parser that ends lines at CR, LF or both would see them. */
  List<String> fields() {
    var lines = new ArrayList<>(List.of(head.split("\\r\\n|\\r|\\n", -1)));
    lines.removeFirst();
    lines.removeIf(String::isEmpty);
    return lines;
  }

  /** The code of an error's document; empty when it has none. */
  String code() {
    var text = text();
    int start = text.indexOf("<Code>");
    return start < 0 ? "" : text.substring(start + 6, text.indexOf("</Code>", start));
  }

  /** All the answers in what came over a connection, of which none is to a HEAD. */
  static List<Answer> all(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    var answers = new ArrayList<Answer>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf(END_OF_HEAD, from);
      if (end < 0) {
        throw new AssertionError("no answer: " + text.substring(from));
      }
      var head = text.substring(from, end + 2);
      var length = new Answer(head, new byte[0]).header("Content-Length");
      int start = end + END_OF_HEAD.length();
      int size = length == null ? 0 : Integer.parseInt(length);
      var body = text.substring(start, Math.min(text.length(), start + size));
      answers.add(new Answer(head, body.getBytes(StandardCharsets.ISO_8859_1)));
      from = start + size;
    }
    return answers;
  }

  @Override
  public String toString() {
    return head + text();
  }
}
