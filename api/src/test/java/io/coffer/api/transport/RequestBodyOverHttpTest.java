package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.S3Exception;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What handlers see of the bodies of requests. */
class RequestBodyOverHttpTest {
  private static final String CHUNKED =
      "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n";

  enum Kind {
    EPOLL,
    NIO;

    Transport transport() {
      return this == NIO ? Transport.nio() : Transport.available();
    }
  }

  private static String put(long length) {
    return "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
  }

  @ParameterizedTest
  @EnumSource
  void bytesArriveWholeAndInOrder(Kind kind) throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var content = new byte[300_000];
    random.nextBytes(content);
    try (var given = Given.server(kind.transport(), RequestBodyOverHttpTest::echo);
        var client = given.client()) {
      for (int round = 0; round < 3; round++) {
        client.send(put(content.length));
        for (int at = 0; at < content.length; ) {
          int size = Math.min(content.length - at, 1 + random.nextInt(20_000));
          client.send(java.util.Arrays.copyOfRange(content, at, at + size));
          at += size;
        }
        assertArrayEquals(content, client.answer().body(), "seed " + seed);
      }
    }
  }

  private static void echo(Exchange exchange) throws IOException {
    var bytes = Given.read(exchange.body());
    exchange.respond(200, io.coffer.model.Headers.empty(), io.coffer.model.Body.of(bytes));
  }

  @Test
  void chunksOfAnySizeAreJoined() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var content = new byte[100_000];
    random.nextBytes(content);
    var wire = new ByteArrayOutputStream();
    for (int at = 0; at < content.length; ) {
      int size = Math.min(content.length - at, 1 + random.nextInt(9_000));
      wire.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      wire.write(content, at, size);
      wire.writeBytes(new byte[] {'\r', '\n'});
      at += size;
    }
    wire.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    try (var given = Given.server(RequestBodyOverHttpTest::echo);
        var client = given.client()) {
      var answer = client.send(CHUNKED + "\r\n").send(wire.toByteArray()).answer();
      assertArrayEquals(content, answer.body(), "seed " + seed);
    }
  }

  @Test
  void lengthAndTrailersAreWhatTheClientSaid() throws Exception {
    BlockingQueue<Object> seen = new ArrayBlockingQueue<>(10);
    ExchangeHandler handler =
        exchange -> {
          var body = exchange.body();
          seen.add(body.length());
          seen.add(body.announcedTrailers());
          seen.add(body.trailers());
          seen.add(Given.read(body).length);
          seen.add(body.trailers());
          Given.respond(exchange, 200, "");
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      client.send(put(3) + "abc").answer();
      assertEquals(List.of(3L, List.of(), Map.of(), 3, Map.of()), take(seen, 5));
      client.send(
          CHUNKED
              + "Trailer: X-A, x-b\r\n\r\n3\r\nabc\r\n0\r\nX-A: 1\r\nx-b:  \u00c3\u00a4 \r\n\r\n");
      client.answer();
      assertEquals(
          List.of(-1L, List.of("x-a", "x-b"), Map.of(), 3, Map.of("x-a", "1", "x-b", "\u00e4")),
          take(seen, 5));
    }
  }

  private static List<Object> take(BlockingQueue<Object> queue, int count)
      throws InterruptedException {
    var taken = new java.util.ArrayList<>();
    for (int i = 0; i < count; i++) {
      var next = queue.poll(60, TimeUnit.SECONDS);
      taken.add(java.util.Objects.requireNonNull(next));
    }
    return taken;
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatNobodyReadsIsNotTakenIn(Kind kind) throws Exception {
    var read = new CountDownLatch(1);
    ExchangeHandler handler =
        exchange -> {
          awaitLatch(read);
          long bytes = 0;
          for (var view = exchange.body().next(); view != null; view = exchange.body().next()) {
            bytes += view.remaining();
          }
          Given.respond(exchange, 200, Long.toString(bytes));
        };
    int length = 64 * 1024 * 1024;
    try (var given = Given.server(kind.transport(), handler);
        var client = given.client()) {
      client.send(put(length));
      var sender = Thread.ofVirtual().start(() -> sendAll(client, length));
      Given.await(() -> given.usedBytes() > RequestBody.CAPACITY / 2);
      Thread.sleep(100);
      assertTrue(given.usedBytes() <= 2 * RequestBody.CAPACITY, () -> "" + given.usedBytes());
      read.countDown();
      assertEquals(Integer.toString(length), client.answer().text());
      sender.join();
      Given.await(() -> given.usedBytes() < RequestBody.LARGEST_READ);
    }
  }

  private static void sendAll(RawClient client, int length) {
    try {
      var piece = new byte[64 * 1024];
      for (int sent = 0; sent < length; sent += piece.length) {
        client.send(piece);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tinyChunksThatNobodyReadsAreBoundedToo() throws Exception {
    var read = new CountDownLatch(1);
    ExchangeHandler handler =
        exchange -> {
          awaitLatch(read);
          Given.respond(exchange, 200, "" + Given.read(exchange.body()).length);
        };
    int chunks = 400_000;
    try (var given = Given.server(handler);
        var client = given.client()) {
      client.send(CHUNKED + "\r\n");
      var sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.send("1\r\na\r\n".repeat(chunks)).send("0\r\n\r\n");
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      Given.await(() -> given.usedBytes() > 0);
      Thread.sleep(100);
      assertTrue(given.usedBytes() <= 2 * RequestBody.CAPACITY, () -> "" + given.usedBytes());
      read.countDown();
      assertEquals("" + chunks, client.answer().text());
      sender.join();
    }
  }

  @Test
  void aViewIsReadOnly() throws Exception {
    BlockingQueue<Object> seen = new ArrayBlockingQueue<>(1);
    ExchangeHandler handler =
        exchange -> {
          var view = exchange.body().next();
          seen.add(view != null && view.isReadOnly());
          Given.respond(exchange, 200, "");
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      client.send(put(1) + "a").answer();
      assertEquals(true, seen.take());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatGoesAwayInTheMiddleIsAnIoException(Kind kind) throws Exception {
    assertThatReadingFails(kind, RawClient::close);
  }

  @ParameterizedTest
  @EnumSource
  void aResetInTheMiddleIsAnIoException(Kind kind) throws Exception {
    assertThatReadingFails(kind, RawClient::reset);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatOnlyClosesItsSideInTheMiddleIsGoneToo(Kind kind) throws Exception {
    assertThatReadingFails(kind, RawClient::finish);
  }

  private interface Leaving {
    void leave(RawClient client) throws IOException;
  }

  private static void assertThatReadingFails(Kind kind, Leaving leaving) throws Exception {
    BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(1);
    var reading = new CountDownLatch(1);
    ExchangeHandler handler =
        exchange -> {
          reading.countDown();
          failures.add(assertThrows(Throwable.class, () -> Given.read(exchange.body())));
        };
    try (var given = Given.server(kind.transport(), handler)) {
      var client = given.client().send(put(1_000_000)).send("abc");
      reading.await();
      leaving.leave(client);
      assertInstanceOf(IOException.class, failures.poll(60, TimeUnit.SECONDS));
      Given.await(() -> given.server.connections() == 0);
      Given.await(() -> given.usedBytes() == 0);
      client.close();
    }
  }

  @Test
  void chunksThatEndWithoutALastOneAreAnIoException() throws Exception {
    BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(1);
    ExchangeHandler handler =
        exchange -> failures.add(assertThrows(Throwable.class, () -> Given.read(exchange.body())));
    try (var given = Given.server(handler);
        var client = given.client()) {
      client.send(CHUNKED + "\r\n3\r\nabc\r\n").finish();
      assertInstanceOf(IOException.class, failures.poll(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void anIdleClientEndsTheConnectionWithAnIoException() throws Exception {
    BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(1);
    ExchangeHandler handler =
        exchange -> failures.add(assertThrows(Throwable.class, () -> Given.read(exchange.body())));
    try (var given = Given.impatientServer(handler);
        var client = given.client()) {
      client.send(put(10) + "abc");
      assertInstanceOf(IOException.class, failures.poll(60, TimeUnit.SECONDS));
      assertTrue(client.seesTheEnd());
    }
  }

  @Test
  void aSlowClientIsNotAnIdleOne() throws Exception {
    try (var given = Given.server(Given.settings(Duration.ofSeconds(3)), Given::describe);
        var client = given.client()) {
      client.send(put(16));
      // Longer than any patience, in all.
      for (int i = 0; i < 16; i++) {
        Thread.sleep(200);
        client.send("a");
      }
      assertEquals("PUT /  16", client.answer().text());
    }
  }

  @Test
  void brokenChunksAreAnS3ExceptionAndCanBeAnswered() throws Exception {
    BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(1);
    ExchangeHandler handler =
        exchange -> {
          failures.add(assertThrows(Throwable.class, () -> Given.read(exchange.body())));
          Given.respond(exchange, 400, "bad");
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      var answer = client.send(CHUNKED + "\r\n3\r\nabc\r\nxyz\r\n").answer();
      assertEquals("bad", answer.text());
      assertTrue(answer.has("Connection: close"));
      assertInstanceOf(S3Exception.class, failures.poll(60, TimeUnit.SECONDS));
      assertTrue(client.seesTheEnd());
    }
  }

  @Test
  void aClosedBodyGivesNothingMore() throws Exception {
    BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(1);
    ExchangeHandler handler =
        exchange -> {
          assertNotNull(exchange.body().next());
          exchange.body().close();
          exchange.body().close();
          failures.add(assertThrows(Throwable.class, () -> exchange.body().next()));
          Given.respond(exchange, 200, "");
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      client.send(put(3) + "abc").answer();
      assertInstanceOf(IOException.class, failures.poll(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void theEndCanBeAskedForAgain() throws Exception {
    ExchangeHandler handler =
        exchange -> {
          Given.read(exchange.body());
          assertNull(exchange.body().next());
          Given.respond(exchange, 200, "");
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      assertEquals(200, client.send(put(3) + "abc").answer().status());
    }
  }

  @Test
  void metadataIsReadAsUtf8IfItIsUtf8() throws IOException {
    ExchangeHandler handler =
        exchange -> {
          var value = java.util.Objects.requireNonNull(exchange.head().headers().first("x-a"));
          exchange.respond(
              200,
              io.coffer.model.Headers.builder().add("x-a", value).build(),
              io.coffer.model.Body.empty());
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\nx-a: \u00c3\u00a4\r\n\r\n");
      assertTrue(client.answer().has("x-a: \u00e4"));
      client.send("GET / HTTP/1.1\r\nHost: x\r\nx-a: \u00e4\r\n\r\n");
      assertTrue(client.answer().has("x-a: \u00e4"));
    }
  }
}
