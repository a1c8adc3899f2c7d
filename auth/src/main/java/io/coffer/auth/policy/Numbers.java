package io.coffer.auth.policy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers of conditions: integers and decimals of bounded size. */
final class Numbers {
  private static final int MAX_LENGTH = 64;
  private static final int MAX_EXPONENT = 400;

  private Numbers() {}

  /** The number; null if the text is none. */
  static @Nullable BigDecimal parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != '+' && c != '-' && c != '.' && c != 'e' && c != 'E') {
        return null;
      }
    }
    try {
      var number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > MAX_EXPONENT ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
