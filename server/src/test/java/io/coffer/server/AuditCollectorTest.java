package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coffer.server.AuditCollector.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuditCollectorTest {
  private static final Pace FAST =
      new Pace(
          Duration.ofMillis(10),
          Duration.ofSeconds(20),
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofSeconds(20));

  private final AuditCounts counts = new AuditCounts();
  private final List<String> received = Collections.synchronizedList(new ArrayList<>());
  private final List<String> types = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger requests = new AtomicInteger();

  /** What the next requests are answered with; then 204. */
  private final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();

  private final HttpServer server = server();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext("/audit", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/audit?token=t");
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var next = statuses.poll();
    int status = next == null ? 204 : next;
    if (status == 204) {
      received.addAll(body.lines().toList());
      types.add(exchange.getRequestHeaders().getFirst("Content-Type"));
    }
    if (status == 302) {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void write(AuditCollector sink, int lines) {
    for (int i = 0; i < lines; i++) {
      sink.write("{\"line\":%d}\n".formatted(i));
    }
  }

  private static List<String> lines(int count) {
    return IntStream.range(0, count).mapToObj("{\"line\":%d}"::formatted).toList();
  }

  @Test
  void linesArriveInOrderAndInBatches() {
    try (var sink = AuditCollector.start(uri(), FAST, counts)) {
      write(sink, 5_000);
    }
    assertEquals(lines(5_000), received);
    assertTrue(requests.get() >= 10 && requests.get() < 1_000, requests::toString);
    assertEquals("application/x-ndjson", types.getFirst());
    assertEquals(5_000, counts.written());
    assertEquals(0, counts.lost());
  }

  @Test
  void whatIsRefusedForNowIsSentAgain() {
    statuses.addAll(List.of(503, 500, 429, 404, 401));
    try (var sink = AuditCollector.start(uri(), FAST, counts)) {
      write(sink, 3);
      awaitWritten(3);
    }
    assertEquals(lines(3), received);
    assertEquals(6, requests.get());
    assertEquals(0, counts.lost());
  }

  private void awaitWritten(int lines) {
    while (counts.written() < lines) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatWillNeverFitIsDroppedAndTheRestGoesOn() {
    statuses.add(413);
    try (var sink = AuditCollector.start(uri(), FAST, counts)) {
      write(sink, 1);
      while (counts.lost() == 0) {
        Thread.onSpinWait();
      }
      write(sink, 2);
    }
    assertEquals(lines(2), received);
    assertEquals(1, counts.lost());
  }

  @Test
  void noRedirectIsFollowed() {
    var elsewhere = new AtomicInteger();
    server.createContext(
        "/elsewhere",
        exchange -> {
          elsewhere.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    statuses.add(302);
    try (var sink = AuditCollector.start(uri(), FAST, counts)) {
      write(sink, 1);
      awaitWritten(1);
    }
    assertEquals(0, elsewhere.get());
    assertEquals(lines(1), received);
  }

  @Test
  void whatWaitsIsBoundedAndTheRestIsCountedAsLost() throws InterruptedException {
    var mayAnswer = new CountDownLatch(1);
    server.createContext(
        "/held",
        exchange -> {
          try {
            mayAnswer.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          answer(exchange);
        });
    int lines = 20_000;
    try (var sink = AuditCollector.start(uri().resolve("/held"), FAST, counts)) {
      var line = "x".repeat(1_023) + "\n";
      for (int i = 0; i < lines; i++) {
        sink.write(line);
      }
      assertEquals(lines - 8 * 1_024, counts.lost());
      mayAnswer.countDown();
    }
    assertEquals(8 * 1_024, counts.written());
    assertEquals(8 * 1_024, received.size());
  }

  @Test
  void theEndDoesNotWaitForACollectorThatIsNotThere() {
    server.stop(0);
    var usual = Pace.USUAL;
    long begin = System.nanoTime();
    try (var sink =
        AuditCollector.start(
            uri(),
            new Pace(
                Duration.ofMillis(1),
                usual.timeout(),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofSeconds(30)),
            counts)) {
      write(sink, 2_000);
    }
    assertTrue(System.nanoTime() - begin < Duration.ofSeconds(20).toNanos());
    assertEquals(2_000, counts.lost());
  }

  @Test
  void theEndDoesNotWaitForACollectorThatDoesNotAnswer() {
    var never = new CountDownLatch(1);
    server.createContext(
        "/never",
        exchange -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    var impatient =
        new Pace(
            Duration.ofMillis(1),
            Duration.ofHours(1),
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofMillis(200));
    try (var sink = AuditCollector.start(uri().resolve("/never"), impatient, counts)) {
      write(sink, 1_000);
    }
    never.countDown();
    assertEquals(1_000, counts.lost());
    assertEquals(0, counts.written());
  }
}
