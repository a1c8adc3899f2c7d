package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.api.transport.Given.Pattern;
import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.S3Error;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes out when a handler, or the body of its answer, fails. */
class FailedAnswerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String GET_10 = "GET / HTTP/1.0\r\n\r\n";

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
      assertInstanceOf(IllegalStateException.class, failures.poll(60, TimeUnit.SECONDS));
    }
  }
}
