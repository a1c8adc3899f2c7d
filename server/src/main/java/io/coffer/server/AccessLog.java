package io.coffer.server;

import io.coffer.api.AccessEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per request, or the same as fields of a JSON line. */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("access");

  private AccessLog() {}

  static void log(AccessEntry entry) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    LOG.atInfo()
        .addKeyValue("remote", entry.remote())
        .addKeyValue("account", entry.accountId())
        .addKeyValue("accessKey", entry.accessKeyId())
        .addKeyValue("operation", entry.operation())
        .addKeyValue("bucket", entry.bucket())
        .addKeyValue("key", entry.key())
        .addKeyValue("status", entry.status())
        .addKeyValue("error", entry.errorCode())
        .addKeyValue("bytesIn", entry.bytesIn())
        .addKeyValue("bytesOut", entry.bytesOut())
        .addKeyValue("micros", entry.durationMicros())
        .addKeyValue("requestId", entry.requestId())
        .addKeyValue("userAgent", entry.userAgent())
        .log(line(entry));
  }

  private static String line(AccessEntry entry) {
    return "%s %s %s %s/%s %d%s in=%d out=%d %.1fms %s"
        .formatted(
            entry.remote(),
            orDash(entry.accountId()),
            entry.operation() == null ? entry.method() : entry.operation(),
            printable(entry.bucket()),
            printable(entry.key()),
            entry.status(),
            entry.errorCode() == null ? "" : " " + entry.errorCode(),
            entry.bytesIn(),
            entry.bytesOut(),
            entry.durationMicros() / 1e3,
            entry.requestId());
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }

  /** A key may hold line ends; a log line may not. */
  private static String printable(@Nullable String text) {
    return text == null ? "" : text.replaceAll("\\p{Cntrl}", "?");
  }
}
