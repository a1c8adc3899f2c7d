package io.coffer.api;

import io.coffer.model.Type;
import io.coffer.model.WireEnum;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Single values as text: of a header, a parameter or an element. */
final class Scalars {
  private Scalars() {}

  /**
   * Reads a value; only text keeps its outer white space.
   *
   * @return null when the text does not say a value of this type, or the type is no single value
   */
  static @Nullable Object parse(Type<?> type, String text) {
    return switch (type) {
      case Type.Text ignored -> text;
      case Type.Int32 ignored -> int32(text.strip());
      case Type.Int64 ignored -> number(text.strip(), Long.MIN_VALUE, Long.MAX_VALUE);
      case Type.Bool ignored -> bool(text.strip());
      case Type.Timestamp timestamp -> Timestamps.parse(text.strip(), timestamp.format());
      case Type.Binary ignored -> base64(text.strip());
      case Type.Enumeration<?> enumeration -> enumeration.parse().apply(text.strip());
      case Type.Stream ignored -> null;
      case Type.ListOf<?> ignored -> null;
      case Type.MapOf<?> ignored -> null;
      case Type.Structure<?> ignored -> null;
    };
  }

  /** Writes a value that is not null; for streams, lists, maps and structures an error of ours. */
  static String format(Type<?> type, Object value) {
    return switch (type) {
      case Type.Text ignored -> (String) value;
      case Type.Int32 ignored -> value.toString();
      case Type.Int64 ignored -> value.toString();
      case Type.Bool ignored -> value.toString();
      case Type.Timestamp timestamp -> Timestamps.format((Instant) value, timestamp.format());
      case Type.Binary ignored -> Base64.getEncoder().encodeToString((byte[]) value);
      case Type.Enumeration<?> ignored -> ((WireEnum) value).wire();
      case Type.Stream t -> throw new IllegalArgumentException(t.toString());
      case Type.ListOf<?> t -> throw new IllegalArgumentException(t.toString());
      case Type.MapOf<?> t -> throw new IllegalArgumentException(t.toString());
      case Type.Structure<?> t -> throw new IllegalArgumentException(t.toString());
    };
  }

  private static @Nullable Integer int32(String text) {
    var number = number(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    return number == null ? null : Integer.valueOf(number.intValue());
  }

  /** A decimal number of ASCII digits within bounds, or null. */
  static @Nullable Long number(String text, long least, long most) {
    int digits = text.startsWith("-") ? 1 : 0;
    if (text.length() == digits || text.length() > 20) {
      return null;
    }
    for (int i = digits; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    try {
      long number = Long.parseLong(text);
      return number < least || number > most ? null : Long.valueOf(number);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> null;
    };
  }

  /** The bytes of Base64 (RFC 4648 §4), or null. */
  static byte @Nullable [] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
