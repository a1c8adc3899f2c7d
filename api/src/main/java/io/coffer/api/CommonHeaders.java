package io.coffer.api;

import io.coffer.model.Headers;
import io.coffer.model.TimestampFormat;
import java.time.Instant;

/** The headers that every answer has. Thread-safe. */
final class CommonHeaders {
  private record Second(long epochSecond, String text) {}

  /** The last date that was written; a race only writes it twice. */
  private volatile Second last = new Second(Long.MIN_VALUE, "");

  /** The headers of an answer, after those that every answer has. */
  Headers before(Headers own, RequestId id, Instant now) {
    var all =
        Headers.builder()
            .add("x-amz-request-id", id.id())
            .add("x-amz-id-2", id.hostId())
            .add("Date", date(now))
            .add("Server", "Coffer");
    own.fields().forEach(f -> all.add(f.name(), f.value()));
    return all.build();
  }

  private String date(Instant now) {
    var second = last;
    if (second.epochSecond != now.getEpochSecond()) {
      second = new Second(now.getEpochSecond(), Timestamps.format(now, TimestampFormat.HTTP_DATE));
      last = second;
    }
    return second.text;
  }
}
