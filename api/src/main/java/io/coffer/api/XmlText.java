package io.coffer.api;

import io.coffer.model.Body;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes elements and text. The JDK's writer is not used since it lets U+0001 and CR through as
 * they are, and keys would come back changed. Not thread-safe.
 */
final class XmlText {
  /** The first line of every document. */
  static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

  private static final int FIRST_BYTES = 512;

  /** Pieces grow up to this; then further ones begin, so that a long document is never copied. */
  private static final int PIECE_BYTES = 32 << 10;

  private final List<ByteBuffer> full = new ArrayList<>();
  private byte[] piece = new byte[FIRST_BYTES];
  private int at;

  private XmlText() {}

  /** A document: with a declaration. */
  static XmlText document() {
    return new XmlText().ascii(DECLARATION);
  }

  /** An element to be put behind a declaration that was sent already. */
  static XmlText fragment() {
    return new XmlText();
  }

  XmlText start(String name) {
    return ascii("<").ascii(name).ascii(">");
  }

  /** A root; an empty namespace is none. */
  XmlText root(String name, String namespace) {
    ascii("<").ascii(name);
    if (!namespace.isEmpty()) {
      ascii(" xmlns=\"").ascii(namespace).ascii("\"");
    }
    return ascii(">");
  }

  /** An element with an attribute; one with the prefix {@code xsi} declares that prefix too. */
  XmlText startWith(String name, String attribute, String value) {
    ascii("<").ascii(name);
    if (attribute.startsWith("xsi:")) {
      ascii(" xmlns:xsi=\"").ascii(XSI).ascii("\"");
    }
    return ascii(" ").ascii(attribute).ascii("=\"").text(value).ascii("\">");
  }

  XmlText end(String name) {
    return ascii("</").ascii(name).ascii(">");
  }

  XmlText element(String name, String text) {
    return start(name).text(text).end(name);
  }

  /**
   * Text that reads back as the same characters: CR, which parsers would turn into LF, and the
   * controls that XML 1.0 does not know are character references, as S3 sends them.
   */
  XmlText text(String text) {
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        continue;
      }
      ascii(text, plain, i);
      plain = i + 1;
      switch (c) {
        case '&' -> ascii("&amp;");
        case '<' -> ascii("&lt;");
        case '>' -> ascii("&gt;");
        case '"' -> ascii("&quot;");
        case '\t', '\n' -> ascii(text, i, i + 1);
        default -> {
          if (c < 0x20) {
            ascii("&#").ascii(Integer.toString(c)).ascii(";");
          } else {
            int end = i + Character.charCount(text.codePointAt(i));
            utf8(isUnpaired(text, i) ? "\uFFFD" : text.substring(i, end));
            i = end - 1;
            plain = end;
          }
        }
      }
    }
    return ascii(text, plain, text.length());
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '"';
  }

  private static boolean isUnpaired(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c);
  }

  private XmlText ascii(String text) {
    return ascii(text, 0, text.length());
  }

  @SuppressWarnings("deprecation") // of characters below 0x80 it is a plain copy, and the fastest
  private XmlText ascii(String text, int from, int to) {
    int next = from;
    while (next < to) {
      int count = Math.min(to - next, room(to - next));
      text.getBytes(next, next + count, piece, at);
      at += count;
      next += count;
    }
    return this;
  }

  private void utf8(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      room(1);
      piece[at++] = b;
    }
  }

  /** Makes room for at least one byte, for more if it can; how many fit. */
  private int room(int wanted) {
    if (piece.length - at < wanted && piece.length < PIECE_BYTES) {
      piece = Arrays.copyOf(piece, Math.min(PIECE_BYTES, 2 * Math.max(piece.length, wanted)));
    } else if (at == piece.length) {
      full.add(ByteBuffer.wrap(piece));
      piece = new byte[PIECE_BYTES];
      at = 0;
    }
    return piece.length - at;
  }

  /** What was written; nothing may be written after it. */
  Body body() {
    full.add(ByteBuffer.wrap(piece, 0, at));
    return Body.of(full);
  }

  /** A copy of what was written. */
  byte[] bytes() {
    var bytes = ByteBuffer.allocate(full.size() * PIECE_BYTES + at);
    full.forEach(part -> bytes.put(part.duplicate()));
    return bytes.put(piece, 0, at).array();
  }
}
