package io.coffer.server;

import org.jspecify.annotations.Nullable;

/** Writes one JSON object (RFC 8259) on one line. Not thread-safe. */
final class JsonLine {
  private final StringBuilder line = new StringBuilder(512).append('{');

  /** Adds a text, or nothing for null. */
  void add(String name, @Nullable String value) {
    if (value != null) {
      name(name);
      quote(value);
    }
  }

  void add(String name, long value) {
    name(name);
    line.append(value);
  }

  void add(String name, boolean value) {
    name(name);
    line.append(value);
  }

  /** The object with its line end. */
  String end() {
    return line.append("}\n").toString();
  }

  private void name(String name) {
    if (line.length() > 1) {
      line.append(',');
    }
    line.append('"').append(name).append("\":");
  }

  private void quote(String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> line.append('\\').append(c);
        case '\n' -> line.append("\\n");
        case '\t' -> line.append("\\t");
        default -> {
          // Beside the control characters, the line ends that JavaScript knows and JSON does not.
          if (c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029') {
            line.append("\\u%04x".formatted((int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }
}
