package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.coffer.model.S3Error;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ErrorResponseTest {
  private static final RequestId ID = new RequestId("0123456789ABCDEF", "host");

  @Test
  void anErrorHasItsFieldsResourceAndIds() throws IOException {
    var refusal = S3Error.NO_SUCH_KEY.exception().with("Key", "a<\u0001");
    var answer = ErrorResponse.of(refusal, "/b/a<\u0001", ID, false);
    assertEquals(404, answer.status());
    assertEquals("application/xml", answer.headers().first("Content-Type"));
    assertEquals(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code>"
            + "<Message>The specified key does not exist.</Message><Key>a&lt;\uFFFD</Key>"
            + "<Resource>/b/a&lt;\uFFFD</Resource><RequestId>0123456789ABCDEF</RequestId>"
            + "<HostId>host</HostId></Error>",
        Chunks.text(answer.body()));
  }

  @Test
  void headHasNoBody() throws IOException {
    var answer = ErrorResponse.of(S3Error.NO_SUCH_BUCKET.exception(), "/b", ID, true);
    assertEquals(404, answer.status());
    assertNull(answer.body().next());
  }

  @Test
  void notModifiedHasHeadersAndNoBody() throws IOException {
    var refusal = S3Error.NOT_MODIFIED.exception().withHeader("ETag", "\"e\"");
    var answer = ErrorResponse.of(refusal, "/b/k", ID, false);
    assertEquals(304, answer.status());
    assertEquals("\"e\"", answer.headers().first("ETag"));
    assertNull(answer.headers().first("Content-Type"));
    assertNull(answer.body().next());
  }

  @Test
  void whoIsTurnedAwayForNowHearsWhenToComeAgain() {
    var answer = ErrorResponse.of(S3Error.SLOW_DOWN.exception(), "/", ID, false);
    assertEquals("1", answer.headers().first("Retry-After"));
    var own = S3Error.SLOW_DOWN.exception().withHeader("Retry-After", "30");
    assertEquals(1, ErrorResponse.of(own, "/", ID, false).headers().all("Retry-After").size());
  }
}
