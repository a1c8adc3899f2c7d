package io.coffer.auth;

import io.coffer.model.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a request was signed.
 *
 * @param instant whole seconds
 * @param basic ISO 8601 basic format, as it stands in the string to sign: 20130524T000000Z
 */
record RequestTime(Instant instant, String basic) {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int BASIC_LENGTH = 16;

  static RequestTime of(Instant instant) {
    var seconds = instant.truncatedTo(ChronoUnit.SECONDS);
    return new RequestTime(seconds, BASIC.format(seconds));
  }

  /** Reads the ISO 8601 basic format; null for anything else. */
  static @Nullable RequestTime parseBasic(String text) {
    if (text.length() != BASIC_LENGTH || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
      return null;
    }
    int date = digits(text, 0, 8);
    int time = digits(text, 9, 15);
    if (date < 0 || time < 0) {
      return null;
    }
    try {
      var local =
          LocalDateTime.of(
              date / 10_000,
              date / 100 % 100,
              date % 100,
              time / 10_000,
              time / 100 % 100,
              time % 100);
      return new RequestTime(local.toInstant(ZoneOffset.UTC), text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Reads the basic format or an HTTP date (RFC 9110 §5.6.7, the preferred form); else null. */
  static @Nullable RequestTime parse(String text) {
    var basic = parseBasic(text);
    if (basic != null) {
      return basic;
    }
    try {
      // the day of the week says nothing that the date does not, and old clients get it wrong
      int comma = text.indexOf(',');
      var date = comma < 0 ? text : text.substring(comma + 1).strip();
      return of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** What the headers say, x-amz-date first; null when neither does, or for a time before 1970. */
  static @Nullable RequestTime ofHeaders(Headers headers) {
    var text = headers.first("x-amz-date");
    if (text == null) {
      text = headers.first("Date");
    }
    var time = text == null ? null : parse(text);
    return time == null || time.instant().isBefore(Instant.EPOCH) ? null : time;
  }

  /** The day of the credential scope: 20130524. */
  String date() {
    return basic.substring(0, 8);
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
