package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.coffer.api.AccessEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LogLineTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

  private static LoggingEvent event(String message, @Nullable Throwable thrown, Object... args) {
    var logger = new LoggerContext().getLogger("io.coffer.Some");
    var event =
        new LoggingEvent(LogLineTest.class.getName(), logger, Level.INFO, message, thrown, args);
    event.setInstant(TIME);
    return event;
  }

  private static AccessEntry entry(String key) {
    return new AccessEntry(
        TIME,
        "127.0.0.1",
        false,
        null,
        "000000000001",
        "AKEY",
        null,
        null,
        "GET",
        "s3",
        "GetObject",
        "bucket",
        key,
        404,
        "NoSuchKey",
        1,
        2,
        12_345,
        "REQUEST",
        "an \"agent\"\u2028");
  }

  @Test
  void aLineForPeopleHasTimeLevelLoggerAndMessage() {
    assertEquals(
        "2026-01-02T03:04:05.678Z INFO Some: started in 3 ms\n",
        LogLine.text().line(event("started in {} ms", null, 3)));
  }

  @Test
  void aRequestIsOneLine() {
    assertEquals(
        "2026-01-02T03:04:05.678Z INFO 127.0.0.1 000000000001 GetObject bucket/k??e 404 NoSuchKey"
            + " in=1 out=2 12.3ms REQUEST\n",
        LogLine.text().line(event("{}", null, entry("k\n\u202ee"))));
  }

  @Test
  void aRequestInJsonHasItsFields() {
    var line = LogLine.json().line(event("{}", null, entry("k\n\ud83d\ude00\u0001\\")));
    assertEquals(line.length() - 1, line.indexOf('\n'));
    var json = JsonMapper.shared().readTree(line);
    assertEquals("k\n\ud83d\ude00\u0001\\", json.get("key").asString());
    assertEquals(404, json.get("status").asInt());
    assertEquals(12_345, json.get("durationMicros").asLong());
    assertEquals("an \"agent\"\u2028", json.get("userAgent").asString());
    assertEquals("2026-01-02T03:04:05.678Z", json.get("time").asString());
    assertFalse(json.has("message"));
  }

  @Test
  void aFaultComesWithItsTrace() {
    var fault = event("it broke", new IllegalStateException("why"));
    assertTrue(LogLine.text().line(fault).contains("IllegalStateException: why\n"));
    var json = JsonMapper.shared().readTree(LogLine.json().line(fault));
    assertEquals("it broke", json.get("message").asString());
    assertTrue(json.get("trace").asString().contains("IllegalStateException: why"));
  }
}
