package io.coffer.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The characters of header fields. HTTP carries bytes; the transport gives and takes them as
 * characters up to U+00FF, one for each.
 */
final class HeaderText {
  private HeaderText() {}

  /** What those bytes say: UTF-8 when they are, else ISO 8859-1. */
  static String fromWire(String field) {
    if (isAscii(field) || !isBytes(field)) {
      return field;
    }
    var bytes = field.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return field;
    }
  }

  /** A text as the UTF-8 bytes that stand for it. */
  static String toWire(String text) {
    return isAscii(text)
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /**
   * What may go out as a field's value: control characters, which could end the field, are blanks;
   * what is not bytes becomes UTF-8.
   */
  static String safe(String value) {
    var bytes = isBytes(value) ? value : toWire(value);
    for (int i = 0; i < bytes.length(); i++) {
      if (isControl(bytes.charAt(i))) {
        return withoutControls(bytes);
      }
    }
    return bytes;
  }

  private static String withoutControls(String value) {
    var out = new StringBuilder(value);
    for (int i = 0; i < out.length(); i++) {
      if (isControl(out.charAt(i))) {
        out.setCharAt(i, ' ');
      }
    }
    return out.toString().strip();
  }

  /** Whether a character must not be in a field (RFC 9110 §5.5). */
  static boolean isControl(char c) {
    return (c < 0x20 && c != '\t') || c == 0x7F;
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static boolean isBytes(String text) {
    return text.chars().allMatch(c -> c <= 0xFF);
  }
}
