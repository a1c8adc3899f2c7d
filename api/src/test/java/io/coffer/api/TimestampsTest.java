package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.coffer.model.TimestampFormat;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  private static final Instant INSTANT = Instant.parse("1994-11-06T08:49:37Z");

  @Test
  void instantsAreWrittenAsAwsDoes() {
    assertEquals("1994-11-06T08:49:37.000Z", Timestamps.format(INSTANT, TimestampFormat.ISO_8601));
    assertEquals(
        "Sun, 06 Nov 1994 08:49:37 GMT", Timestamps.format(INSTANT, TimestampFormat.HTTP_DATE));
    assertEquals("784111777", Timestamps.format(INSTANT, TimestampFormat.EPOCH_SECONDS));
    assertEquals(
        "1994-11-06T08:49:37Z",
        Timestamps.format(INSTANT.plusMillis(999), TimestampFormat.ISO_8601_SECONDS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 09:49:37 +0100",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "1994-11-06T08:49:37Z",
        "1994-11-06T08:49:37.000Z",
        "1994-11-06T09:49:37+01:00"
      })
  void theFormsOfHttpAndOfXmlAreRead(String text) {
    assertEquals(INSTANT, Timestamps.parse(text, TimestampFormat.HTTP_DATE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "Sun, 06 Nov 1994",
        "Sun, 06 Nov 1994 08:49:37 GMT x",
        "784111777"
      })
  void whatIsNoDateIsNone(String text) {
    assertNull(Timestamps.parse(text, TimestampFormat.HTTP_DATE));
  }

  @Test
  void secondsAreReadWithinBounds() {
    assertEquals(INSTANT, Timestamps.parse("784111777", TimestampFormat.EPOCH_SECONDS));
    assertNull(Timestamps.parse("9223372036854775807", TimestampFormat.EPOCH_SECONDS));
  }
}
