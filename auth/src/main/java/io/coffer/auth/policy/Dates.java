package io.coffer.auth.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Dates of conditions: the W3C's profile of ISO 8601 (2024, 2024-05, 2024-05-06, 2024-05-06T07:08Z,
 * with seconds and fractions, with an offset), or seconds since 1970. Source: IAM User Guide,
 * "Condition operators", "Date".
 */
final class Dates {
  private static final int MAX_LENGTH = 40;

  private Dates() {}

  /** The moment; null if the text is none. */
  static @Nullable Instant parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      return isNumber(text) ? ofNumber(text) : ofText(text);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && !(c == '-' && i == 0)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Instant ofNumber(String text) {
    if (text.length() == 4 && text.indexOf('.') < 0 && text.charAt(0) != '-') {
      return midnight(LocalDate.of(Integer.parseInt(text), 1, 1));
    }
    var seconds = Numbers.parse(text);
    if (seconds == null) {
      return null;
    }
    var parts = seconds.divideAndRemainder(BigDecimal.ONE);
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].movePointRight(9).longValue());
  }

  private static Instant ofText(String text) {
    return switch (text.length()) {
      case 7 -> midnight(YearMonth.parse(text).atDay(1));
      case 10 -> midnight(LocalDate.parse(text));
      default -> OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
    };
  }

  private static Instant midnight(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
