package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.Headers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The server as a whole: start, end, many connections. */
class HttpServerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  @Test
  void aTakenPortIsSaidSo() throws IOException {
    for (var transport : new Transport[] {Transport.available(), Transport.nio()}) {
      try (var given = Given.server(transport, Given::describe)) {
        var taken = TransportSettings.defaults(given.server.address());
        var failure =
            assertThrows(BindException.class, () -> HttpServer.start(taken, Given::describe));
        assertEquals(
            "Cannot listen on 127.0.0.1:%d: the port is taken."
                .formatted(given.server.address().getPort()),
            failure.getMessage());
      }
    }
  }

  @Test
  void theDefaultsServe() throws Exception {
    var address = Given.settings(Duration.ofSeconds(1)).address();
    try (var server = HttpServer.start(TransportSettings.defaults(address), Given::describe);
        var client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://localhost:" + server.address().getPort() + "/a?b");
      var put = HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.ofString("abc"));
      var answer = client.send(put.build(), HttpResponse.BodyHandlers.ofString());
      assertEquals("PUT /a b 3", answer.body());
    }
  }

  @Test
  void aHandlerKnowsItsClientAndRunsOnAVirtualThread() throws Exception {
    ExchangeHandler handler =
        exchange ->
            Given.respond(
                exchange,
                200,
                exchange.remote().getAddress().isLoopbackAddress()
                    + " "
                    + exchange.secure()
                    + " "
                    + Thread.currentThread().isVirtual());
    try (var given = Given.server(handler);
        var client = given.client()) {
      assertEquals("true false true", client.send(GET).answer().text());
    }
  }

  @Test
  void largeBodiesGoBothWaysInConstantMemory() throws Exception {
    long length = 64L * 1024 * 1024;
    BlockingQueue<Long> most = new ArrayBlockingQueue<>(2);
    var given = new Given[1];
    ExchangeHandler handler =
        exchange -> {
          long used = 0;
          long position = 0;
          for (var view = exchange.body().next(); view != null; view = exchange.body().next()) {
            assertEquals(Given.Pattern.at(position), view.get(view.position()));
            position += view.remaining();
            used = Math.max(used, given[0].usedBytes());
          }
          assertEquals(length, position);
          most.add(used);
          exchange.respond(200, Headers.empty(), new Given.Pattern(length, true));
        };
    try (var server = Given.server(handler);
        var client = HttpClient.newHttpClient()) {
      given[0] = server;
      var uri = URI.create("http://localhost:" + server.server.address().getPort() + "/");
      var put =
          HttpRequest.newBuilder(uri)
              .version(HttpClient.Version.HTTP_1_1)
              .PUT(HttpRequest.BodyPublishers.ofByteArrays(new PatternBytes(length)))
              .build();
      var answer = client.send(put, HttpResponse.BodyHandlers.ofInputStream());
      long position = 0;
      long used = 0;
      try (var body = answer.body()) {
        for (var piece = body.readNBytes(50_000);
            piece.length > 0;
            piece = body.readNBytes(50_000)) {
          assertEquals(Given.Pattern.at(position), piece[0]);
          position += piece.length;
          used = Math.max(used, server.usedBytes());
        }
      }
      assertEquals(length, position);
      long usedByUpload = most.take();
      long usedByDownload = used;
      // how much one read brings is the kernel's matter; what is promised is where it ends
      assertTrue(usedByUpload <= RequestBody.OVERRUN, () -> usedByUpload + " bytes");
      assertTrue(usedByDownload <= 640 * 1024, () -> usedByDownload + " bytes");
      Given.await(() -> server.usedBytes() == 0);
    }
  }

  /** The same pattern as a client sends it. */
  private record PatternBytes(long length) implements Iterable<byte[]> {
    @Override
    public java.util.Iterator<byte[]> iterator() {
      var pattern = new Given.Pattern(length, true);
      return new java.util.Iterator<>() {
        @Override
        public boolean hasNext() {
          return pattern.position() < length;
        }

        @Override
        public byte[] next() {
          var view = pattern.next();
          if (view == null) {
            throw new java.util.NoSuchElementException();
          }
          var piece = new byte[view.remaining()];
          view.get(piece);
          return piece;
        }
      };
    }
  }

  @Test
  void aThousandIdleConnectionsCostNoThreads() throws Exception {
    var threads = ManagementFactory.getThreadMXBean();
    var clients = new ArrayList<RawClient>();
    try (var given = Given.server(Given.settings(Duration.ofMinutes(10)), Given::describe)) {
      try (var client = given.client()) {
        client.send(GET).answer();
      }
      int before = threads.getThreadCount();
      connect(1_000, given, clients);
      Given.await(() -> given.server.connections() >= 1_000);
      // Some for the JVM's own and the carriers of virtual threads.
      int after = threads.getThreadCount();
      assertTrue(after - before < 20, () -> after - before + " more threads");
    } finally {
      for (var client : clients) {
        client.close();
      }
    }
  }

  @Test
  void idleConnectionsAreEndedWhateverTheyWaitFor() throws Exception {
    var clients = new ArrayList<RawClient>();
    try (var given = Given.server(Given.settings(Duration.ofMillis(1_500)), Given::describe)) {
      connect(100, given, clients);
      for (var client : clients) {
        client.rest();
      }
      Given.await(() -> given.server.connections() == 0);
    } finally {
      for (var client : clients) {
        client.close();
      }
    }
  }

  /** Before a head, in it, in a body, and after an answer. */
  private static void connect(int count, Given given, List<RawClient> clients) throws IOException {
    for (int i = 0; i < count; i++) {
      var client = given.client();
      clients.add(client);
      switch (i % 4) {
        case 0 -> {}
        case 1 -> client.send("GET / HT");
        case 2 -> client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
        default -> client.send(GET);
      }
    }
  }

  @Test
  void aHeadThatTakesTooLongIsRefusedHoweverSteadilyItComes() throws Exception {
    try (var given = Given.impatientServer(Given::describe);
        var client = given.client()) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\nA: ");
      var dripping =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 200; i++) {
                        client.send("a");
                        Thread.sleep(20);
                      }
                    } catch (IOException | InterruptedException e) {
                      // The server has closed.
                      return;
                    }
                  });
      var answer = client.answer();
      assertEquals(400, answer.status());
      assertTrue(answer.text().startsWith("RequestTimeout"));
      dripping.join();
    }
  }

  @Test
  void anIdleConnectionClosesBetweenRequests() throws Exception {
    try (var given = Given.impatientServer(Given::describe);
        var client = given.client()) {
      client.send(GET).answer();
      assertTrue(client.seesTheEnd());
    }
  }

  @Test
  void aHandlerMayTakeLongerThanAClient() throws Exception {
    ExchangeHandler handler =
        exchange -> {
          try {
            Thread.sleep(3 * Given.PATIENCE.toMillis());
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          Given.describe(exchange);
        };
    try (var given = Given.impatientServer(handler);
        var client = given.client()) {
      assertEquals("GET /  0", client.send(GET).answer().text());
    }
  }

  @Test
  void moreConnectionsThanAllowedWait() throws Exception {
    var settings = Given.settings(Duration.ofSeconds(20), 3);
    try (var given = Given.server(settings, Given::describe)) {
      var clients = new ArrayList<RawClient>();
      for (int i = 0; i < 3; i++) {
        var client = given.client();
        clients.add(client);
        assertEquals(200, client.send(GET).answer().status());
      }
      Thread.sleep(50);
      // The listener may have begun to accept one more before it rested.
      var surplus = new ArrayList<RawClient>();
      for (int i = 0; i < 40; i++) {
        surplus.add(given.client().send(GET));
      }
      var last = surplus.get(39).patience(200);
      assertThrows(SocketTimeoutException.class, last::answer);
      for (var client : clients) {
        client.close();
      }
      for (int i = 0; i < 40; i++) {
        assertEquals(200, surplus.get(i).patience(60_000).answer().status());
        surplus.get(i).close();
      }
    }
  }

  @Test
  void drainingLetsRequestsFinishAndRefusesNewOnes() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    ExchangeHandler handler =
        exchange -> {
          if (exchange.head().path().equals("/slow")) {
            begun.countDown();
            try {
              assertTrue(go.await(60, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          Given.describe(exchange);
        };
    try (var given = Given.server(handler);
        var slow = given.client();
        var kept = given.client()) {
      kept.send(GET).answer();
      slow.send("PUT /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na");
      begun.await();
      assertFalse(given.server.drain(Duration.ofMillis(50)));
      var refused = kept.send(GET).answer();
      assertEquals(503, refused.status());
      assertTrue(refused.has("Connection: close"));
      assertTrue(kept.seesTheEnd());
      assertThrows(IOException.class, given::client);
      go.countDown();
      slow.send("bc");
      assertTrue(given.server.drain(Duration.ofSeconds(60)));
      var answer = slow.answer();
      assertEquals("PUT /slow  3", answer.text());
      assertTrue(answer.has("Connection: close"));
    }
  }

  @Test
  void closingEndsEverythingAtOnce() throws Exception {
    BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(2);
    var begun = new CountDownLatch(2);
    ExchangeHandler handler =
        exchange -> {
          begun.countDown();
          failures.add(
              assertThrows(
                  Throwable.class,
                  () ->
                      exchange.respond(
                          200,
                          Headers.empty(),
                          exchange.head().method().equals("GET")
                              ? new Given.Pattern(1L << 40, true)
                              : exchange.body())));
        };
    var given = Given.server(handler);
    try (var reading =
            given.client().send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n");
        var writing = given.client().send(GET)) {
      begun.await();
      given.close();
      assertInstanceOf(IOException.class, failures.poll(60, TimeUnit.SECONDS));
      assertInstanceOf(IOException.class, failures.poll(60, TimeUnit.SECONDS));
      assertThrows(IOException.class, given::client);
      Given.await(() -> given.usedBytes() == 0);
    }
  }

  @Test
  void closingTwiceIsFine() throws Exception {
    var given = Given.server(Given::describe);
    given.close();
    given.close();
    assertTrue(given.server.drain(Duration.ofMillis(1)));
  }
}
