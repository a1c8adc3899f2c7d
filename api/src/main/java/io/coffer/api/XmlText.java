package io.coffer.api;

import java.nio.charset.StandardCharsets;

/**
 * Writes elements and text. The JDK's writer is not used since it lets U+0001 and CR through as
 * they are, and keys would come back changed. Not thread-safe.
 */
final class XmlText {
  /** The first line of every document. */
  static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

  private final StringBuilder out = new StringBuilder(512);

  /** A document: with a declaration. */
  static XmlText document() {
    var text = new XmlText();
    text.out.append(DECLARATION);
    return text;
  }

  /** An element to be put behind a declaration that was sent already. */
  static XmlText fragment() {
    return new XmlText();
  }

  XmlText start(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  /** A root; an empty namespace is none. */
  XmlText root(String name, String namespace) {
    out.append('<').append(name);
    if (!namespace.isEmpty()) {
      out.append(" xmlns=\"").append(namespace).append('"');
    }
    out.append('>');
    return this;
  }

  /** An element with an attribute; one with the prefix {@code xsi} declares that prefix too. */
  XmlText startWith(String name, String attribute, String value) {
    out.append('<').append(name);
    if (attribute.startsWith("xsi:")) {
      out.append(" xmlns:xsi=\"").append(XSI).append('"');
    }
    out.append(' ').append(attribute).append("=\"");
    text(value);
    out.append("\">");
    return this;
  }

  XmlText end(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  XmlText element(String name, String text) {
    return start(name).text(text).end(name);
  }

  /**
   * Text that reads back as the same characters: CR, which parsers would turn into LF, and the
   * controls that XML 1.0 does not know are character references, as S3 sends them.
   */
  XmlText text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\t', '\n' -> out.append(c);
        default -> {
          if (c < 0x20) {
            out.append("&#").append((int) c).append(';');
          } else if (isUnpaired(text, i)) {
            out.append('\uFFFD');
          } else {
            out.append(c);
          }
        }
      }
    }
    return this;
  }

  private static boolean isUnpaired(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
