package io.coffer.api;

import io.coffer.model.TimestampFormat;
import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as text, in AWS's formats. */
final class Timestamps {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** The obsolete forms that RFC 9110 §5.6.7 asks recipients to read, and RFC 1123's zones. */
  private static final List<DateTimeFormatter> READ =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ISO_OFFSET_DATE_TIME);

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Timestamps() {}

  static String format(Instant instant, TimestampFormat format) {
    return switch (format) {
      case ISO_8601 -> iso(instant.atOffset(ZoneOffset.UTC));
      case ISO_8601_SECONDS -> instant.truncatedTo(ChronoUnit.SECONDS).toString();
      case HTTP_DATE -> IMF_FIXDATE.format(instant);
      case EPOCH_SECONDS -> Long.toString(instant.getEpochSecond());
    };
  }

  /** By hand: a formatter would take a tenth of the time of a listing. */
  private static String iso(OffsetDateTime time) {
    var text = new byte[24];
    digits(text, 0, 4, time.getYear());
    text[4] = '-';
    digits(text, 5, 2, time.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, time.getDayOfMonth());
    text[10] = 'T';
    digits(text, 11, 2, time.getHour());
    text[13] = ':';
    digits(text, 14, 2, time.getMinute());
    text[16] = ':';
    digits(text, 17, 2, time.getSecond());
    text[19] = '.';
    digits(text, 20, 3, time.getNano() / 1_000_000);
    text[23] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void digits(byte[] text, int from, int count, int number) {
    int rest = number;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * Reads any of the formats, since clients mix them; null when it is none, or a year that they
   * could not all write.
   */
  static @Nullable Instant parse(String text, TimestampFormat format) {
    if (format == TimestampFormat.EPOCH_SECONDS) {
      var seconds = Scalars.number(text, FIRST.getEpochSecond(), LAST.getEpochSecond());
      return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }
    for (var formatter : READ) {
      var position = new ParsePosition(0);
      try {
        var parsed = formatter.parse(text, position);
        if (position.getIndex() == text.length()) {
          var time = Instant.from(parsed);
          return time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
        }
      } catch (DateTimeException e) {
        // the next format may fit
      }
    }
    return null;
  }
}
