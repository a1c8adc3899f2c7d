package io.coffer.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Percent-encoding as S3 and Signature V4 use it: UTF-8 bytes, upper-case hex, and only the
 * unreserved characters of RFC 3986 §2.3 left as they are. Nothing is ever normalised otherwise.
 *
 * <p>Raw text comes from an HTTP head, so its characters up to U+00FF stand for the bytes that they
 * are; if there is one beyond, the whole text is taken as Unicode.
 */
public final class UriEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UriEncoding() {}

  /** Decodes a path; null for a bad escape or bytes that are not UTF-8. A plus sign is itself. */
  public static @Nullable String decode(String raw) {
    return decode(raw, false);
  }

  /** Decodes a name or value of a query; as {@link #decode}, but a plus sign is a blank. */
  public static @Nullable String decodeQuery(String raw) {
    return decode(raw, true);
  }

  private static @Nullable String decode(String raw, boolean plusIsBlank) {
    if (isPlain(raw, plusIsBlank)) {
      return raw;
    }
    var octets = octets(raw);
    var decoded = ByteBuffer.allocate(octets.length);
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '%') {
        if (!isEscape(octets, i)) {
          return null;
        }
        decoded.put(escaped(octets, i));
        i += 2;
      } else {
        decoded.put(octets[i] == '+' && plusIsBlank ? (byte) ' ' : octets[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Encodes Unicode text. With {@code keepSlash} slashes stay, as in the path of a key. */
  public static String encode(String text, boolean keepSlash) {
    var out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      append(out, b, keepSlash);
    }
    return out.toString();
  }

  /**
   * Decodes and encodes again, so that all ways to write the same bytes read the same. An escape
   * that is none counts as the percent sign that it is: whether it is an error is not decided here.
   */
  static String canonical(String raw, boolean keepSlash, boolean plusIsBlank) {
    var octets = octets(raw);
    var out = new StringBuilder(octets.length + 16);
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '%' && isEscape(octets, i)) {
        append(out, escaped(octets, i), keepSlash);
        i += 2;
      } else {
        append(out, octets[i] == '+' && plusIsBlank ? (byte) ' ' : octets[i], keepSlash);
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, byte b, boolean keepSlash) {
    if (isUnreserved(b) || (keepSlash && b == '/')) {
      out.append((char) b);
    } else {
      out.append('%');
      HEX.toHexDigits(out, b);
    }
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
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

  private static boolean isEscape(byte[] octets, int percent) {
    return percent + 2 < octets.length
        && HexFormat.isHexDigit(octets[percent + 1])
        && HexFormat.isHexDigit(octets[percent + 2]);
  }

  private static byte escaped(byte[] octets, int percent) {
    return (byte)
        (HexFormat.fromHexDigit(octets[percent + 1]) << 4
            | HexFormat.fromHexDigit(octets[percent + 2]));
  }

  private static byte[] octets(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) > 0xFF) {
        return raw.getBytes(StandardCharsets.UTF_8);
      }
    }
    return raw.getBytes(StandardCharsets.ISO_8859_1);
  }
}
