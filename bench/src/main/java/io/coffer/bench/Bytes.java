package io.coffer.bench;

import java.util.Locale;

/** Numbers of bytes as people write them. */
final class Bytes {
  private Bytes() {}

  /**
   * As in {@code 4k}, {@code 1m}, {@code 8g} (powers of 1024) or plain digits.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static long parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int unit = lower.isEmpty() ? -1 : "kmg".indexOf(lower.charAt(lower.length() - 1));
    String digits = unit < 0 ? lower : lower.substring(0, lower.length() - 1);
    try {
      long number = Long.parseLong(digits);
      if (number >= 0) {
        return Math.multiplyExact(number, 1L << 10 * (unit + 1));
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // said below
    }
    throw new IllegalArgumentException("a size is a number and k, m or g, not '" + text + "'");
  }

  /** As in {@code 256 MiB}. */
  static String format(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB"};
    int unit = 0;
    long number = bytes;
    while (unit < 3 && number >= 1024 && number % 1024 == 0) {
      number /= 1024;
      unit++;
    }
    return number + " " + units[unit];
  }
}
