package io.coffer.api;

import static io.coffer.model.S3Error.INVALID_URI;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of UTF-8 in URIs (RFC 3986 §2.1), strict. */
final class PercentEncoding {
  private static final String UNRESERVED = "-._~";

  private PercentEncoding() {}

  /**
   * Decodes exactly: no normalisation, nothing is skipped.
   *
   * @param raw as it came; characters from U+0080 to U+00FF stand for the bytes that they are
   * @param plusIsBlank as in a query
   * @throws io.coffer.model.S3Exception InvalidURI for a bad escape or bytes that are not UTF-8
   */
  static String decode(String raw, boolean plusIsBlank) {
    if (isPlain(raw, plusIsBlank)) {
      return raw;
    }
    var bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.put(escaped(raw, i));
        i += 2;
      } else if (c == '+' && plusIsBlank) {
        bytes.put((byte) ' ');
      } else if (c <= 0xFF) {
        bytes.put((byte) c);
      } else {
        throw INVALID_URI.exception();
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw INVALID_URI.exception();
    }
  }

  private static boolean isPlain(String raw, boolean plusIsBlank) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c >= 0x80 || (c == '+' && plusIsBlank)) {
        return false;
      }
    }
    return true;
  }

  private static byte escaped(String raw, int percent) {
    if (percent + 2 >= raw.length()
        || !HexFormat.isHexDigit(raw.charAt(percent + 1))
        || !HexFormat.isHexDigit(raw.charAt(percent + 2))) {
      throw INVALID_URI.exception();
    }
    return (byte) HexFormat.fromHexDigits(raw, percent + 1, percent + 3);
  }

  /** Escapes all but unreserved characters, a slash too. */
  static String encode(String text) {
    var out = new StringBuilder(text.length() + 16);
    var hex = HexFormat.of().withUpperCase();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(hex.toHexDigits(b));
      }
    }
    return out.toString();
  }
}
