package io.coffer.api;

import io.coffer.model.TimestampFormat;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as text, in AWS's formats. */
final class Timestamps {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

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

  private Timestamps() {}

  static String format(Instant instant, TimestampFormat format) {
    return switch (format) {
      case ISO_8601 -> ISO.format(instant);
      case HTTP_DATE -> IMF_FIXDATE.format(instant);
      case EPOCH_SECONDS -> Long.toString(instant.getEpochSecond());
    };
  }

  /** Reads any of the formats, since clients mix them; null when it is none. */
  static @Nullable Instant parse(String text, TimestampFormat format) {
    if (format == TimestampFormat.EPOCH_SECONDS) {
      var seconds = Scalars.number(text, Long.MIN_VALUE, Long.MAX_VALUE);
      return seconds == null ? null : ofEpochSecond(seconds);
    }
    for (var formatter : READ) {
      var position = new ParsePosition(0);
      try {
        var parsed = formatter.parse(text, position);
        if (position.getIndex() == text.length()) {
          return Instant.from(parsed);
        }
      } catch (DateTimeException e) {
        // the next format may fit
      }
    }
    return null;
  }

  private static @Nullable Instant ofEpochSecond(long seconds) {
    try {
      return Instant.ofEpochSecond(seconds);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
