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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
      // That it stood still may be the machine's doing, so it has to hold all the time.
      for (long at = 0; at < body.length(); ) {
        long ahead = body.position() - at;
        assertTrue(ahead < 16 * 1024 * 1024, ahead + " bytes were taken from the body");
        assertTrue(given.usedBytes() < 640 * 1024, () -> given.usedBytes() + " bytes in use");
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
      assertInstanceOf(IOException.class, failures.poll(60, TimeUnit.SECONDS));
      assertTrue(body.closed);
      Given.await(() -> given.server.connections() == 0);
      Given.await(() -> given.usedBytes() == 0);
    }
  }

  @Test
  void aClientThatReadsSlowlyIsServedToTheEnd() throws Exception {
    int length = 2 * 1024 * 1024;
    try (var given = Given.server(Given.settings(Duration.ofSeconds(3)), pattern(length, true));
        var client = new RawClient(given.server.address(), 16 * 1024)) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      client.head();
      // Longer than any patience, in all.
      for (int i = 0; i < 16; i++) {
        Thread.sleep(200);
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
      assertInstanceOf(IOException.class, failures.poll(60, TimeUnit.SECONDS));
      assertTrue(body.closed);
      Given.await(() -> given.usedBytes() == 0);
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
