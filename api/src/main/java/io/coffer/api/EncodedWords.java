package io.coffer.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text outside ASCII in user metadata, as RFC 2047 puts it into headers: {@code =?UTF-8?B?w6Q=?=}.
 * S3 decodes such words when it stores and encodes when it answers (Amazon S3 User Guide, "Working
 * with object metadata").
 */
final class EncodedWords {
  private static final Pattern WORD =
      Pattern.compile("=\\?([A-Za-z0-9-]{1,20})\\?([BbQq])\\?([^?\\s]*)\\?=");

  private EncodedWords() {}

  /** The text itself when it is printable ASCII, else one word of Base64. */
  static String encode(String text) {
    if (text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
      return text;
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }

  /** Decodes the words of a value; what is no good word stays as it is. */
  static String decode(String value) {
    if (!value.contains("=?")) {
      return value;
    }
    var out = new StringBuilder();
    var words = WORD.matcher(value);
    int end = 0;
    boolean afterWord = false;
    while (words.find()) {
      var between = value.substring(end, words.start());
      var text = decode(words.group(1), words.group(2), words.group(3));
      // white space between two words is part of neither (RFC 2047 §6.2)
      if (!(afterWord && text != null && between.isBlank())) {
        out.append(between);
      }
      out.append(text == null ? words.group() : text);
      afterWord = text != null;
      end = words.end();
    }
    return out.append(value, end, value.length()).toString();
  }

  private static @Nullable String decode(String charset, String encoding, String text) {
    var characters = charset(charset);
    var bytes = encoding.equalsIgnoreCase("B") ? Scalars.base64(text) : quoted(text);
    if (characters == null || bytes == null) {
      return null;
    }
    try {
      return characters.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static @Nullable Charset charset(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "UTF-8" -> StandardCharsets.UTF_8;
      case "ISO-8859-1" -> StandardCharsets.ISO_8859_1;
      case "US-ASCII" -> StandardCharsets.US_ASCII;
      default -> null;
    };
  }

  private static byte @Nullable [] quoted(String text) {
    var bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '_') {
        bytes.put((byte) ' ');
      } else if (c != '=') {
        bytes.put((byte) c);
      } else if (i + 2 < text.length()
          && HexFormat.isHexDigit(text.charAt(i + 1))
          && HexFormat.isHexDigit(text.charAt(i + 2))) {
        bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        return null;
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
