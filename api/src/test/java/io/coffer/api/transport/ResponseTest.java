package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.api.transport.Given.Pattern;
import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.S3Error;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out. */
class ResponseTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String GET_10 = "GET / HTTP/1.0\r\n\r\n";
  private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n";

  private static ExchangeHandler pattern(long length, boolean known) {
    return exchange -> exchange.respond(200, Headers.empty(), new Pattern(length, known));
  }

  private static void assertPattern(byte[] body, int length) {
    assertEquals(length, body.length);
    for (int i = 0; i < length; i++) {
      assertEquals(Pattern.at(i), body[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 65_535, 65_536, 200_000, 3_000_000})
  void aBodyOfKnownLengthIsDelimitedByContentLength(int length) throws IOException {
    try (var given = Given.server(pattern(length, true));
        var client = given.client()) {
      for (int i = 0; i < 2; i++) {
        var answer = client.send(GET).answer();
        assertTrue(answer.has("Content-Length: " + length));
        assertPattern(answer.body(), length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_768, 32_769, 200_000, 3_000_000})
  void aBodyOfUnknownLengthIsChunked(int length) throws IOException {
    try (var given = Given.server(pattern(length, false));
        var client = given.client()) {
      for (int i = 0; i < 2; i++) {
        var answer = client.send(GET).answer();
        assertTrue(answer.has("Transfer-Encoding: chunked"));
        assertPattern(answer.body(), length);
      }
    }
  }

  @Test
  void http10GetsABodyOfUnknownLengthUntilTheConnectionCloses() throws IOException {
    try (var given = Given.server(pattern(100_000, false));
        var client = given.client()) {
      var answer = client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").answer();
      assertTrue(answer.has("Connection: close"));
      assertFalse(answer.has("Transfer-Encoding: chunked"));
      assertPattern(answer.body(), 100_000);
    }
  }

  @Test
  void aChunkIsSentBeforeTheNextIsKnown() throws Exception {
    var views = new SynchronousQueue<String>();
    var body =
        new Body() {
          @Override
          public long length() {
            return -1;
          }

          @Override
          public @Nullable ByteBuffer next() {
            try {
              var text = views.take();
              return text.isEmpty() ? null : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void close() {}
        };
    try (var given = Given.server(exchange -> exchange.respond(200, Headers.empty(), body));
        var client = given.client()) {
      client.send(GET);
      views.put("a");
      client.head();
      assertEquals("1\r\na\r\n", new String(client.exactly(6), StandardCharsets.UTF_8));
      views.put("bcd");
      assertEquals("3\r\nbcd\r\n", new String(client.exactly(8), StandardCharsets.UTF_8));
      views.put("");
      assertEquals("0\r\n\r\n", new String(client.exactly(5), StandardCharsets.UTF_8));
    }
  }

  @Test
  void aSmallAnswerIsOnePiece() throws IOException {
    try (var given = Given.server(pattern(16_000, true));
        var client = given.client()) {
      client.send(GET);
      // On loopback what is written at once is read at once.
      int first = client.some(64 * 1024).length;
      assertTrue(first > 16_000, () -> first + " bytes");
    }
  }

  @Test
  void headIsAnsweredWithoutTheBody() throws IOException {
    try (var given = Given.server(pattern(100_000, true));
        var client = given.client()) {
      for (int i = 0; i < 3; i++) {
        assertTrue(client.send(HEAD).answer(false).has("Content-Length: 100000"));
      }
    }
    var own = Headers.builder().add("content-length", "77").build();
    try (var given = Given.server(exchange -> exchange.respond(200, own, Body.empty()));
        var client = given.client()) {
      for (int i = 0; i < 3; i++) {
        assertTrue(client.send(HEAD).answer(false).has("Content-Length: 77"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"204", "304"})
  void noContentAndNotModifiedHaveNoBody(int status) throws Exception {
    var bodies = new AtomicReference<Pattern>();
    ExchangeHandler handler =
        exchange -> {
          bodies.set(new Pattern(10, true));
          exchange.respond(status, Headers.empty(), bodies.get());
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      for (int i = 0; i < 3; i++) {
        var answer = client.send(GET).answer(false);
        assertEquals(status, answer.status());
        assertFalse(answer.head().toLowerCase(java.util.Locale.ROOT).contains("content-length"));
        Given.await(() -> bodies.get().closed);
      }
    }
  }

  @Test
  void aContentLengthOfTheHeadersIsNotDoubled() throws IOException {
    var own = Headers.builder().add("Content-Length", "5").build();
    try (var given = Given.server(exchange -> exchange.respond(200, own, new Pattern(5, false)));
        var client = given.client()) {
      assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", client.send(GET).answer().head());
    }
  }

  @Test
  void aValueCannotEndItsField() throws IOException {
    var own = Headers.builder().add("X-A", "b\r\nX-C: d\0").build();
    try (var given = Given.server(exchange -> exchange.respond(200, own, Body.empty()));
        var client = given.client()) {
      assertTrue(client.send(GET).answer().has("X-A: b  X-C: d "));
    }
  }

  @Test
  void aSlowReaderBlocksTheWriter() throws Exception {
    var body = new Pattern(64 * 1024 * 1024, true);
    try (var given = Given.server(exchange -> exchange.respond(200, Headers.empty(), body));
        var client = new RawClient(given.server.address(), 16 * 1024)) {
      client.send(GET);
      client.head();
      Given.await(() -> body.position() > 100_000);
      long last = -1;
      while (last != body.position()) {
        last = body.position();
        Thread.sleep(100);
      }
      assertTrue(last < 16 * 1024 * 1024, last + " bytes were taken from the body");
      assertTrue(given.usedBytes() < 640 * 1024, () -> given.usedBytes() + " bytes in use");
      for (long at = 0; at < body.length(); ) {
        var some = client.some(1024 * 1024);
        assertTrue(some.length > 0);
        assertEquals(Pattern.at(at), some[0]);
        assertEquals(Pattern.at(at + some.length - 1), some[some.length - 1]);
        at += some.length;
      }
      Given.await(() -> body.closed);
      Given.await(() -> given.usedBytes() == 0);
    }
  }

  @Test
  void aClientThatStopsReadingIsCutOff() throws Exception {
    BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(1);
    var body = new Pattern(64 * 1024 * 1024, true);
    ExchangeHandler handler =
        exchange ->
            failures.add(
                assertThrows(Throwable.class, () -> exchange.respond(200, Headers.empty(), body)));
    try (var given = Given.impatientServer(handler);
        var client = new RawClient(given.server.address(), 16 * 1024)) {
      client.send(GET);
      assertInstanceOf(IOException.class, failures.poll(10, TimeUnit.SECONDS));
      assertTrue(body.closed);
      Given.await(() -> given.server.connections() == 0);
      Given.await(() -> given.usedBytes() == 0);
    }
  }

  @Test
  void aClientThatReadsSlowlyIsServedToTheEnd() throws Exception {
    int length = 2 * 1024 * 1024;
    try (var given = Given.impatientServer(pattern(length, true));
        var client = new RawClient(given.server.address(), 16 * 1024)) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      client.head();
      // Longer than any patience, in all.
      for (int i = 0; i < 16; i++) {
        Thread.sleep(Given.PATIENCE.toMillis() / 4);
        client.exactly(length / 16);
      }
      assertTrue(client.seesTheEnd());
    }
  }

  @Test
  void aClientThatLeavesEndsTheAnswerWithAnIoException() throws Exception {
    BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(1);
    var body = new Pattern(64 * 1024 * 1024, true);
    ExchangeHandler handler =
        exchange ->
            failures.add(
                assertThrows(Throwable.class, () -> exchange.respond(200, Headers.empty(), body)));
    try (var given = Given.server(handler)) {
      var client = given.client().send(GET);
      client.head();
      client.close();
      assertInstanceOf(IOException.class, failures.poll(10, TimeUnit.SECONDS));
      assertTrue(body.closed);
      Given.await(() -> given.usedBytes() == 0);
    }
  }

  /** Gives so many bytes and then throws. */
  private static final class Failing implements Body {
    private final Pattern good;
    private final long length;
    private final RuntimeException failure;

    Failing(long good, long length, RuntimeException failure) {
      this.good = new Pattern(good, true);
      this.length = length;
      this.failure = failure;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public ByteBuffer next() {
      var view = good.next();
      if (view == null) {
        throw failure;
      }
      return view;
    }

    @Override
    public void close() {
      good.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1000000,2000000", "1000000,1000000", "1000000,-1", "100,1000000"})
  void aBodyThatFailsOnTheWayResetsTheConnection(long good, long length) throws Exception {
    var bodies = new ArrayBlockingQueue<Failing>(2);
    ExchangeHandler handler =
        exchange -> {
          var body = new Failing(good, length, S3Error.INTERNAL_ERROR.exception());
          bodies.add(body);
          exchange.respond(200, Headers.empty(), body);
        };
    try (var given = Given.server(handler)) {
      for (var request : new String[] {GET, GET_10}) {
        try (var client = given.client().send(request)) {
          assertThrows(IOException.class, client::rest);
        }
      }
      assertTrue(bodies.take().good.closed);
      assertTrue(bodies.take().good.closed);
      Given.await(() -> given.usedBytes() == 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,2000000", "0,10", "5,10", "0,-1"})
  void aBodyThatFailsBeforeAnythingWasSentCanStillBeAnsweredForWhatItIs(long good, long length)
      throws Exception {
    try (var given =
            Given.server(
                exchange ->
                    exchange.respond(
                        200,
                        Headers.empty(),
                        new Failing(good, length, S3Error.SLOW_DOWN.exception())));
        var client = given.client()) {
      var answer = client.send(GET).answer();
      assertEquals(503, answer.status());
      assertTrue(answer.text().startsWith("SlowDown"), answer.text());
    }
    ExchangeHandler second =
        exchange -> {
          assertThrows(
              IllegalStateException.class,
              () ->
                  exchange.respond(
                      200,
                      Headers.empty(),
                      new Failing(good, length, new IllegalStateException())));
          Given.respond(exchange, 500, "sorry");
        };
    try (var given = Given.server(second);
        var client = given.client()) {
      assertEquals("sorry", client.send(GET).answer().text());
      assertEquals("sorry", client.send(GET).answer().text());
    }
  }

  @ParameterizedTest
  @CsvSource({"10,20", "20,10", "100000,200000", "200000,100000"})
  void aBodyOfAnotherLengthThanItSaidIsNotPassedOff(long real, long said) throws Exception {
    ExchangeHandler handler =
        exchange -> {
          var headers = Headers.builder().add("Content-Length", Long.toString(said)).build();
          exchange.respond(200, headers, new Pattern(real, false));
        };
    try (var given = Given.server(handler);
        var client = given.client().send(GET)) {
      if (said < 16_384) {
        assertEquals(500, client.answer().status());
      } else {
        assertThrows(IOException.class, client::rest);
      }
    }
  }

  @Test
  void aHandlerThatFailsIsAnsweredWith500() throws Exception {
    ExchangeHandler handler =
        exchange -> {
          throw new IllegalStateException("a fault");
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      var answer = client.send(GET).answer();
      assertEquals(500, answer.status());
      assertEquals(0, answer.body().length);
      assertTrue(answer.has("Connection: close"));
      assertTrue(client.seesTheEnd());
    }
  }

  @Test
  void aHandlerThatDoesNotAnswerIsAnsweredWith500() throws Exception {
    try (var given = Given.server(exchange -> {});
        var client = given.client()) {
      assertEquals(500, client.send(GET).answer().status());
    }
  }

  @Test
  void aSecondAnswerIsRefused() throws Exception {
    BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(1);
    ExchangeHandler handler =
        exchange -> {
          Given.respond(exchange, 200, "first");
          failures.add(assertThrows(Throwable.class, () -> Given.respond(exchange, 200, "second")));
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      assertEquals("first", client.send(GET).answer().text());
      assertInstanceOf(IllegalStateException.class, failures.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void aRequestBodyCanBeStreamedBack() throws Exception {
    var content = new byte[1_000_000];
    new Pattern(content.length, true);
    for (int i = 0; i < content.length; i++) {
      content[i] = Pattern.at(i);
    }
    try (var given =
            Given.server(exchange -> exchange.respond(200, Headers.empty(), exchange.body()));
        var client = given.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
      var sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.send(content);
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      assertArrayEquals(content, client.answer().body());
      sender.join();
    }
  }
}
