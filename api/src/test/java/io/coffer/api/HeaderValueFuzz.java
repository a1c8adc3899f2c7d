package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.fuzz.Refusals;
import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Exception;
import io.coffer.model.TimestampFormat;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The value of one header, as any of those that have a grammar. */
public final class HeaderValueFuzz {
  private static final Origins ORIGINS = new Origins(InetAddress::isLoopbackAddress);

  private HeaderValueFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    var value = new String(input, StandardCharsets.UTF_8);
    words(value);
    times(value);
    parameters(value);
    origin(value);
    override(value);
  }

  /** What is shown of metadata is ASCII without controls, and reads back. */
  private static void words(String value) {
    var decoded = EncodedWords.decode(value);
    assertTrue(decoded.length() <= value.length());
    var encoded = EncodedWords.encode(decoded);
    assertTrue(encoded.chars().allMatch(c -> c >= 0x20 && c < 0x7F));
    if (!encoded.equals(decoded)) {
      var bytes = decoded.getBytes(StandardCharsets.UTF_8);
      assertEquals(new String(bytes, StandardCharsets.UTF_8), EncodedWords.decode(encoded));
    }
  }

  private static void times(String value) {
    for (var format : TimestampFormat.values()) {
      var time = Timestamps.parse(value, format);
      if (time != null) {
        boolean isFine = format == TimestampFormat.ISO_8601;
        var kept = time.truncatedTo(isFine ? ChronoUnit.MILLIS : ChronoUnit.SECONDS);
        assertEquals(kept, Timestamps.parse(Timestamps.format(time, format), format));
      }
    }
  }

  private static void parameters(String value) {
    var parsed = FieldParameters.parse(value);
    assertEquals(parsed.value(), parsed.value().strip().toLowerCase(Locale.ROOT));
    int size = parsed.value().length();
    for (var parameter : parsed.parameters().entrySet()) {
      size += parameter.getKey().length() + parameter.getValue().length();
    }
    assertTrue(size <= 2 * value.length());
  }

  /** Nothing is looked up, and what is no address is nobody's. */
  private static void origin(String value) {
    var headers =
        Headers.builder()
            .add("X-Forwarded-For", value)
            .add("X-Forwarded-Proto", value)
            .add("Forwarded", value)
            .build();
    var exchange = new TestExchange(new RequestHead("GET", "/", "", headers), Body.empty());
    var origin = ORIGINS.of(exchange);
    var known = value.toLowerCase(Locale.ROOT);
    assertTrue(origin.source().isLoopbackAddress() || known.matches("(?s).*[0-9a-f:.]{2,}.*"));
  }

  private static void override(String value) {
    try {
      RequestHeaders.checkOverride("response-content-type", value);
      var bytes = value.getBytes(StandardCharsets.ISO_8859_1);
      assertEquals(value, new String(bytes, StandardCharsets.ISO_8859_1));
      assertTrue(value.chars().noneMatch(c -> c == '\r' || c == '\n'));
    } catch (S3Exception e) {
      Refusals.check(e, value.length());
    }
  }
}
