package io.coffer.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.coffer.api.AccessEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How an event becomes a line: for people, or as JSON. Thread-safe. */
abstract class LogLine extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = new byte[0];

  /** A line for people: time, level, logger, message. */
  static LogLine text() {
    return new Text();
  }

  /** A JSON object: time, level, logger, message, or the fields of a request. */
  static LogLine json() {
    return new Json();
  }

  abstract String line(ILoggingEvent event);

  @Override
  public byte[] encode(ILoggingEvent event) {
    return line(event).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  private static @Nullable AccessEntry entry(ILoggingEvent event) {
    var arguments = event.getArgumentArray();
    return arguments != null && arguments.length > 0 && arguments[0] instanceof AccessEntry entry
        ? entry
        : null;
  }

  private static @Nullable String trace(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    return thrown == null ? null : ThrowableProxyUtil.asString(thrown);
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Without the package. */
  private static String simpleName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  /** For people. What clients choose is kept on its line. */
  private static final class Text extends LogLine {
    @Override
    String line(ILoggingEvent event) {
      var line = new StringBuilder(256);
      line.append(time(event.getInstant())).append(' ').append(event.getLevel()).append(' ');
      var entry = entry(event);
      if (entry == null) {
        line.append(simpleName(event.getLoggerName())).append(": ");
        line.append(event.getFormattedMessage()).append('\n');
      } else {
        request(line, entry);
      }
      var trace = trace(event);
      return trace == null ? line.toString() : line.append(trace).toString();
    }

    private static void request(StringBuilder line, AccessEntry entry) {
      var operation = entry.operation() == null ? entry.method() : entry.operation();
      line.append(entry.remote()).append(' ').append(orDash(entry.accountId())).append(' ');
      printable(line, operation).append(' ');
      printable(line, orDash(entry.bucket()));
      if (entry.key() != null) {
        printable(line.append('/'), entry.key());
      }
      line.append(' ').append(entry.status());
      if (entry.errorCode() != null) {
        line.append(' ').append(entry.errorCode());
      }
      line.append(" in=").append(entry.bytesIn()).append(" out=").append(entry.bytesOut());
      long micros = entry.durationMicros();
      line.append(' ').append(micros / 1_000).append('.').append(micros % 1_000 / 100);
      line.append("ms ");
      line.append(entry.requestId()).append('\n');
    }

    private static String orDash(@Nullable String text) {
      return text == null ? "-" : text;
    }

    private static StringBuilder printable(StringBuilder line, String text) {
      text.codePoints()
          .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
          .forEach(line::appendCodePoint);
      return line;
    }
  }

  /** For machines. */
  private static final class Json extends LogLine {
    @Override
    String line(ILoggingEvent event) {
      var line = new JsonLine();
      line.add("time", time(event.getInstant()));
      line.add("level", event.getLevel().toString());
      line.add("logger", event.getLoggerName());
      var entry = entry(event);
      if (entry == null) {
        line.add("message", event.getFormattedMessage());
      } else {
        request(line, entry);
      }
      line.add("trace", trace(event));
      return line.end();
    }

    private static void request(JsonLine line, AccessEntry entry) {
      line.add("remote", entry.remote());
      line.add("tls", entry.tlsVersion());
      line.add("account", entry.accountId());
      line.add("accessKey", entry.accessKeyId());
      line.add("method", entry.method());
      line.add("operation", entry.operation());
      line.add("bucket", entry.bucket());
      line.add("key", entry.key());
      line.add("status", entry.status());
      line.add("error", entry.errorCode());
      line.add("bytesIn", entry.bytesIn());
      line.add("bytesOut", entry.bytesOut());
      line.add("durationMicros", entry.durationMicros());
      line.add("requestId", entry.requestId());
      line.add("userAgent", entry.userAgent());
    }
  }
}
