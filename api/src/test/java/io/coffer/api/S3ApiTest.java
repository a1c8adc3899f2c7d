package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.s3.GetObjectOutput;
import io.coffer.model.s3.Operation;
import io.coffer.service.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class S3ApiTest {
  private final TestApi api = new TestApi();

  @BeforeEach
  void createBucket() {
    assertEquals(200, api.signed("PUT", "/bucket", "").status());
    api.log.clear();
  }

  @AfterEach
  void close() {
    api.close();
  }

  /** An operation that is done another way than the service's. */
  private interface Instead {
    Object call() throws IOException;
  }

  private static Function<Operations, Operations> instead(Operation replaced, Instead instead) {
    return operations ->
        new Operations() {
          @Override
          public boolean supports(Operation operation) {
            return operations.supports(operation);
          }

          @Override
          public Object call(Operation operation, Object request, Context context)
              throws IOException {
            return operation == replaced
                ? instead.call()
                : operations.call(operation, request, context);
          }
        };
  }

  @Test
  void anObjectComesBackAsItWasPut() {
    var put =
        api.signed(
            "PUT",
            "/bucket/a//b%20%01",
            "hello",
            "Content-Type",
            "text/plain",
            "x-amz-meta-name",
            "Ä");
    assertEquals(200, put.status());
    var get = api.signed("GET", "/bucket/a//b%20%01", "");
    assertEquals(200, get.status());
    assertEquals("hello", get.text());
    assertEquals("text/plain", get.header("Content-Type"));
    assertEquals("=?UTF-8?B?w4Q=?=", get.header("x-amz-meta-name"));
    assertEquals(put.header("ETag"), get.header("ETag"));
    var listed = api.signed("GET", "/bucket?list-type=2", "");
    assertTrue(listed.text().contains("<Key>a//b &#1;</Key>"), listed::text);
    assertEquals("application/xml", listed.header("Content-Type"));
  }

  @Test
  void versionsAndDeleteMarkersAreListedMixedInTheOrderOfKeysAndTheirVersions() {
    var versioning =
        api.signed(
            "PUT",
            "/bucket?versioning",
            "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
            "Content-MD5",
            "8qj8HSeDu3APPMQZVG06WQ==");
    assertEquals(200, versioning.status(), versioning::text);
    for (var key : new String[] {"a", "b"}) {
      assertEquals(200, api.signed("PUT", "/bucket/" + key, "one").status());
      assertEquals(204, api.signed("DELETE", "/bucket/" + key, "").status());
      assertEquals(200, api.signed("PUT", "/bucket/" + key, "two").status());
    }
    assertEquals(204, api.signed("DELETE", "/bucket/b", "").status());
    var listed = api.signed("GET", "/bucket?versions", "").text();
    var entries = Pattern.compile("<(Version|DeleteMarker)>.*?<Key>(.)</Key>").matcher(listed);
    assertEquals(
        List.of(
            "Version a",
            "DeleteMarker a",
            "Version a",
            "DeleteMarker b",
            "Version b",
            "DeleteMarker b",
            "Version b"),
        entries.results().map(entry -> entry.group(1) + " " + entry.group(2)).toList());
  }

  @Test
  void everyAnswerSaysWhoAnswersAndWhen() {
    for (var answer :
        new TestExchange[] {
          api.signed("GET", "/", ""),
          api.anonymous("GET", "/%zz", ""),
          api.anonymous("GET", "/-/health/live", "")
        }) {
      assertTrue(answer.header("x-amz-request-id").matches("[0-9A-F]{16}"));
      assertFalse(answer.header("x-amz-id-2").isEmpty());
      assertTrue(answer.header("Date").endsWith(" GMT"));
      assertEquals("Coffer", answer.header("Server"));
    }
  }

  @Test
  void virtualHostsNameTheBucket() {
    assertEquals(200, api.signed("PUT", "/k", "x", "Host", "bucket.example.com:9000").status());
    assertEquals("x", api.signed("GET", "/bucket/k", "").text());
  }

  @Test
  void headHasLengthAndNoBody() {
    api.signed("PUT", "/bucket/k", "hello");
    var head = api.signed("HEAD", "/bucket/k", "");
    assertEquals(200, head.status());
    assertEquals("5", head.header("Content-Length"));
    assertEquals("", head.text());
    var missing = api.signed("HEAD", "/bucket/none", "");
    assertEquals(404, missing.status());
    assertEquals("", missing.text());
  }

  @Test
  void aRangeIs206AndWhatIsNotModified304() {
    var put = api.signed("PUT", "/bucket/k", "hello");
    var range = api.signed("GET", "/bucket/k", "", "Range", "bytes=1-2");
    assertEquals(206, range.status());
    assertEquals("el", range.text());
    var same = api.signed("GET", "/bucket/k", "", "If-None-Match", put.header("ETag"));
    assertEquals(304, same.status());
    assertEquals(put.header("ETag"), same.header("ETag"));
    assertEquals("", same.text());
  }

  @Test
  void errorsNameCodeResourceAndRequest() {
    var answer = api.signed("GET", "/bucket/no%20ne", "");
    assertEquals(404, answer.status());
    assertTrue(answer.text().contains("<Code>NoSuchKey</Code>"), answer::text);
    assertTrue(answer.text().contains("<Resource>/bucket/no ne</Resource>"), answer::text);
    assertTrue(
        answer.text().contains("<RequestId>" + answer.header("x-amz-request-id")), answer::text);
  }

  @Test
  void whatIsNotBuiltSaysSoToThoseWhoAreLetIn() {
    var answer = api.signed("GET", "/bucket?analytics", "");
    assertEquals(501, answer.status());
    assertTrue(answer.text().contains("ListBucketAnalyticsConfigurations"), answer::text);
    var stranger =
        api.anonymous("GET", "/bucket?analytics", "", "Authorization", "AWS4-HMAC-SHA256 x");
    assertEquals(400, stranger.status());
  }

  @Test
  void anonymousRequestsAreDenied() {
    assertEquals(403, api.anonymous("GET", "/bucket", "").status());
    var override = api.anonymous("GET", "/bucket/k?response-content-type=x", "");
    assertEquals(400, override.status());
    assertTrue(override.text().contains("<Code>InvalidRequest</Code>"), override::text);
  }

  @Test
  void preflightIsForbiddenSinceThereIsNoCors() {
    assertEquals(400, api.anonymous("OPTIONS", "/bucket/k", "").status());
    assertEquals(400, api.anonymous("OPTIONS", "/bucket/k", "", "Origin", "http://x").status());
    var answer =
        api.anonymous(
            "OPTIONS",
            "/bucket/k",
            "",
            "Origin",
            "http://x",
            "Access-Control-Request-Method",
            "PUT");
    assertEquals(403, answer.status());
    assertTrue(answer.text().contains("<Code>AccessForbidden</Code>"), answer::text);
  }

  @Test
  void whoStoresMustSayHowMuch() {
    var head =
        new RequestHead("PUT", "/bucket/k", "", Headers.builder().add("Host", "localhost").build());
    var answer = api.handle(new TestExchange(head, new Chunks(new byte[3], 1)));
    assertEquals(411, answer.status());
    assertTrue(answer.text().contains("<Code>MissingContentLength</Code>"), answer::text);
  }

  @Test
  void anUnknownMethodIsNotAllowed() {
    assertEquals(405, api.signed("BREW", "/bucket/k", "").status());
    assertEquals(400, api.signed("POST", "/bucket", "x").status());
  }

  @Test
  void metricsNeedNoAuthenticationAndAreForReadingOnly() {
    var page = api.anonymous("GET", "/-/metrics", "");
    assertEquals(200, page.status());
    assertEquals("figures 1\n", page.text());
    assertEquals("text/plain; version=0.0.4", page.header("Content-Type"));
    assertEquals(405, api.anonymous("POST", "/-/metrics", "").status());
    assertEquals(404, api.anonymous("GET", "/-/metrics/", "").status());
  }

  @Test
  void healthNeedsNoAuthentication() {
    assertEquals("ok\n", api.anonymous("GET", "/-/health/live", "").text());
    assertEquals(200, api.anonymous("GET", "/-/health/ready", "").status());
    api.problem = Optional.of("the disk is gone");
    assertEquals(200, api.anonymous("GET", "/-/health/live", "").status());
    var answer = api.anonymous("GET", "/-/health/ready", "");
    assertEquals(503, answer.status());
    assertEquals("the disk is gone\n", answer.text());
    assertEquals(404, api.anonymous("GET", "/-/other", "").status());
    assertEquals(405, api.anonymous("DELETE", "/-/health/live", "").status());
  }

  @Test
  void theAccessLogTellsOfEachRequest() {
    api.signed("PUT", "/bucket/k", "hello", "User-Agent", "test");
    var put = api.log.getLast();
    assertEquals("PutObject", put.operation());
    assertEquals("111111111111", put.accountId());
    assertEquals("AKIDEXAMPLE", put.accessKeyId());
    assertEquals("bucket", put.bucket());
    assertEquals("k", put.key());
    assertEquals(200, put.status());
    assertEquals(5, put.bytesIn());
    assertNull(put.errorCode());
    assertEquals("127.0.0.1", put.remote());
    assertEquals("test", put.userAgent());
    api.signed("GET", "/bucket/k", "");
    assertEquals(5, api.log.getLast().bytesOut());
    api.anonymous("GET", "/bucket/k", "");
    assertEquals(403, api.log.getLast().status());
    assertEquals("AccessDenied", api.log.getLast().errorCode());
    assertNull(api.log.getLast().accountId());
  }

  @Test
  void aFaultOfOursIsAnInternalError() {
    try (var faulty =
        new TestApi(
            instead(
                Operation.LIST_BUCKETS,
                () -> {
                  throw new IllegalStateException("secret detail");
                }))) {
      var answer = faulty.signed("GET", "/", "");
      assertEquals(500, answer.status());
      assertTrue(answer.text().contains("<Code>InternalError</Code>"), answer::text);
      assertFalse(answer.text().contains("secret"), answer::text);
    }
  }

  @Test
  void aClientThatWentAwayGetsNothing() {
    try (var gone =
        new TestApi(
            instead(
                Operation.LIST_BUCKETS,
                () -> {
                  throw new IOException("gone");
                }))) {
      assertThrows(java.io.UncheckedIOException.class, () -> gone.signed("GET", "/", ""));
      assertEquals(0, gone.log.getLast().status());
    }
  }

  @Test
  @Timeout(60)
  void whatTakesLongBeginsWithBlanks() {
    var sent = new AtomicReference<TestExchange>();
    Instead untilBlanksAreSent =
        () -> {
          while (!sent.get().text().endsWith("  ")) {
            sleep(5);
          }
          throw S3Error.NO_SUCH_KEY.exception();
        };
    var between = instead(Operation.COPY_OBJECT, untilBlanksAreSent);
    try (var slow = new TestApi(between, Duration.ofMillis(20))) {
      sent.set(slow.request("PUT", "/bucket/k", "", "x-amz-copy-source", "/bucket/x"));
      var answer = slow.handle(sent.get());
      assertEquals(200, answer.status());
      assertTrue(
          answer.text().matches("(?s)<\\?xml [^>]*>\n {2,}<Error><Code>NoSuchKey</Code>.*</Error>"),
          answer::text);
      assertEquals("NoSuchKey", slow.log.getLast().errorCode());
    }
  }

  @Test
  void whatFailsSoonHasItsTrueStatus() {
    var answer = api.signed("PUT", "/bucket/k", "", "x-amz-copy-source", "/bucket/none");
    assertEquals(404, answer.status());
  }

  @Test
  void aBodyThatFailsBeforeItsFirstByteIsAnswered() {
    try (var broken = new TestApi(instead(Operation.GET_OBJECT, () -> output(new Broken(0))))) {
      assertEquals(500, broken.signed("GET", "/bucket/k", "").status());
      assertEquals("InternalError", broken.log.getLast().errorCode());
      assertEquals(500, broken.log.getLast().status());
    }
  }

  @Test
  void aBodyThatFailsLaterBreaksOff() {
    try (var broken = new TestApi(instead(Operation.GET_OBJECT, () -> output(new Broken(2))))) {
      var answer = broken.signed("GET", "/bucket/k", "");
      assertEquals("xx", answer.text());
      assertEquals(200, broken.log.getLast().status());
      assertEquals("InternalError", broken.log.getLast().errorCode());
      assertEquals(2, broken.log.getLast().bytesOut());
    }
  }

  private static GetObjectOutput output(Body body) {
    return GetObjectOutput.builder().body(body).build();
  }

  private static void sleep(int millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Gives some bytes, one at a time, and then breaks. */
  private static final class Broken implements Body {
    private int left;

    Broken(int good) {
      this.left = good;
    }

    @Override
    public long length() {
      return 100;
    }

    @Override
    public @Nullable ByteBuffer next() {
      if (left-- == 0) {
        throw new IllegalStateException("broken");
      }
      return ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}
  }
}
