package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which connections stay, which close, and how. */
class ConnectionReuseTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private static void assertStays(RawClient client) throws IOException {
    assertEquals(200, client.send(GET).answer().status());
  }

  @Test
  void aConnectionServesOneRequestAfterTheOther() throws IOException {
    try (var given = Given.server(Given::describe);
        var client = given.client()) {
      for (int i = 0; i < 100; i++) {
        assertStays(client);
      }
    }
  }

  @Test
  void connectionCloseIsHonoured() throws IOException {
    try (var given = Given.server(Given::describe);
        var client = given.client()) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: x, Close\r\n\r\n");
      assertTrue(client.answer().has("Connection: close"));
      assertTrue(client.seesTheEnd());
    }
  }

  @Test
  void http10ClosesUnlessItSaysKeepAlive() throws IOException {
    try (var given = Given.server(Given::describe)) {
      try (var client = given.client()) {
        assertTrue(client.send("GET / HTTP/1.0\r\n\r\n").answer().has("Connection: close"));
        assertTrue(client.seesTheEnd());
      }
      try (var client = given.client()) {
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertTrue(client.answer().has("Connection: keep-alive"));
        assertStays(client);
      }
    }
  }

  @Test
  void aHandlerMayCloseTheConnection() throws IOException {
    ExchangeHandler handler =
        exchange ->
            exchange.respond(
                200, Headers.builder().add("Connection", "close").build(), Body.empty());
    try (var given = Given.server(handler);
        var client = given.client()) {
      assertTrue(client.send(GET).answer().has("Connection: close"));
      assertTrue(client.seesTheEnd());
    }
  }

  @Test
  void requestsSentAheadAreAnsweredInOrderAndOneAtATime() throws IOException {
    var atOnce = new AtomicInteger();
    ExchangeHandler handler =
        exchange -> {
          assertEquals(1, atOnce.incrementAndGet());
          Given.read(exchange.body());
          atOnce.decrementAndGet();
          Given.respond(exchange, 200, exchange.head().path());
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      var ahead = new StringBuilder();
      for (int i = 0; i < 1_000; i++) {
        ahead.append("PUT /").append(i).append(" HTTP/1.1\r\nHost: x\r\n");
        ahead.append(
            i % 2 == 0
                ? "Content-Length: 5\r\n\r\nhello"
                : "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
      }
      client.send(ahead.toString());
      for (int i = 0; i < 1_000; i++) {
        assertEquals("/" + i, client.answer().text());
      }
    }
  }

  @Test
  void aClientThatSendsRequestsButReadsNoAnswersIsNotServedForEver() throws Exception {
    var served = new AtomicInteger();
    ExchangeHandler handler =
        exchange -> {
          served.incrementAndGet();
          exchange.respond(200, Headers.empty(), Body.of(new byte[16_000]));
        };
    try (var given = Given.server(handler);
        var client = new RawClient(given.server.address(), 8 * 1024)) {
      var sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.send(GET.repeat(20_000));
                    } catch (IOException e) {
                      // The test is over.
                      return;
                    }
                  });
      Given.await(() -> served.get() > 10);
      int last = -1;
      while (last != served.get()) {
        last = served.get();
        Thread.sleep(200);
      }
      // That it stood still may be the machine's doing, so it has to hold all the time.
      for (int read = 0; read < 1_000; read++) {
        int ahead = served.get() - read;
        assertTrue(ahead < 2_000, () -> ahead + " were served");
        assertTrue(given.usedBytes() < 1024 * 1024, () -> "" + given.usedBytes());
        assertEquals(200, client.answer().status());
      }
      client.close();
      sender.join();
    }
  }

  @Test
  void aLittleOfAnUnreadBodyIsDrained() throws IOException {
    try (var given = Given.server(exchange -> Given.respond(exchange, 200, ""));
        var client = given.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
      var answer = client.answer();
      assertFalse(answer.has("Connection: close"));
      client.send(new byte[200_000]);
      assertStays(client);
      client.send("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      assertFalse(client.answer().has("Connection: close"));
      client.send("3\r\nabc\r\n0\r\n\r\n");
      assertStays(client);
    }
  }

  @Test
  void drainingEndsWhenItTakesTooLong() throws IOException {
    try (var given = Given.impatientServer(exchange -> Given.respond(exchange, 200, ""));
        var client = given.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
      assertEquals(200, client.answer().status());
      assertTrue(client.seesTheEnd());
    }
  }

  @Test
  void drainingEndsWhenItIsTooMuch() throws Exception {
    try (var given = Given.server(exchange -> Given.respond(exchange, 200, "a"));
        var client = given.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertEquals("a", client.answer().text());
      var chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
      for (int i = 0; i < 16; i++) {
        client.send(chunk);
      }
      assertTrue(client.seesTheEnd());
    }
  }

  @Test
  void theRefusalOfALargeUploadCanBeReadByAClientThatSendsItAllFirst() throws Exception {
    for (var transport : new Transport[] {Transport.available(), Transport.nio()}) {
      try (var given = Given.server(transport, exchange -> Given.respond(exchange, 403, "denied"));
          var client = given.client()) {
        int length = 128 * 1024 * 1024;
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n");
        var piece = new byte[1024 * 1024];
        for (int sent = 0; sent < length; sent += piece.length) {
          client.send(piece);
        }
        var answer = client.answer();
        assertEquals("denied", answer.text());
        assertTrue(answer.has("Connection: close"));
        assertTrue(client.seesTheEnd());
      }
    }
  }

  @Test
  void aClientThatNeverEndsAfterARefusalIsCutOff() throws Exception {
    try (var given = Given.impatientServer(exchange -> Given.respond(exchange, 403, "denied"));
        var client = given.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n");
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              client.send(new byte[10_000]);
            }
          });
      assertEquals(403, client.answer().status());
    }
  }

  @Test
  void continueIsSentWhenTheBodyIsFirstAskedFor() throws Exception {
    var go = new CountDownLatch(1);
    ExchangeHandler handler =
        exchange -> {
          try {
            assertTrue(go.await(60, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          Given.describe(exchange);
        };
    try (var given = Given.server(handler);
        var client = given.client()) {
      client.send(expecting(3));
      client.patience(100);
      assertThrows(SocketTimeoutException.class, () -> client.answer());
      go.countDown();
      client.patience(60_000);
      assertEquals("HTTP/1.1 100 Continue\r\n", client.answer().head());
      assertEquals("PUT /  3", client.send("abc").answer().text());
      assertStays(client);
    }
  }

  private static String expecting(int length) {
    return "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  @Test
  void aRefusalInsteadOfContinueClosesTheConnection() throws Exception {
    try (var given = Given.server(exchange -> Given.respond(exchange, 403, "denied"));
        var client = given.client()) {
      var answer = client.send(expecting(3)).answer();
      assertEquals(403, answer.status());
      assertTrue(answer.has("Connection: close"));
      assertTrue(client.seesTheEnd());
    }
  }

  @Test
  void aClientThatDoesNotWaitForContinueIsServed() throws Exception {
    try (var given = Given.server(Given::describe);
        var client = given.client()) {
      client.send(expecting(3)).send("abc");
      assertEquals(100, client.answer().status());
      assertEquals("PUT /  3", client.answer().text());
      assertStays(client);
    }
  }

  @Test
  void http10AndRequestsWithoutBodyGetNoContinue() throws Exception {
    try (var given = Given.server(Given::describe);
        var client = given.client()) {
      client.send(expecting(0));
      assertEquals("PUT /  0", client.answer().text());
      client.send("PUT / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na");
      assertEquals("PUT /  1", client.answer().text());
    }
  }
}
