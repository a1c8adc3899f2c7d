package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that two parsers might read differently never reach a handler. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictnessTest {
  private static final String HOST = "Host: x\r\n";

  private final AtomicInteger handled = new AtomicInteger();
  private Given given;

  @BeforeAll
  void start() throws IOException {
    given =
        Given.server(
            exchange -> {
              Given.describe(exchange);
              handled.incrementAndGet();
            });
  }

  @AfterAll
  void stop() {
    given.close();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        at(400, "a folded field", "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n c\r\n\r\n"),
        at(400, "a field folded with a tab", "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n\tc\r\n\r\n"),
        at(400, "a folded first field", "GET / HTTP/1.1\r\n A: b\r\n" + HOST + "\r\n"),
        at(400, "a folded Host", "GET / HTTP/1.1\r\nHost:\r\n x\r\n\r\n"),
        at(400, "gzip, chunked", chunked("gzip, chunked") + "0\r\n\r\n"),
        at(400, "chunked, gzip", chunked("chunked, gzip") + "0\r\n\r\n"),
        at(400, "chunked twice", chunked("chunked, chunked") + "0\r\n\r\n"),
        at(400, "identity", chunked("identity") + "\r\n"),
        at(400, "xchunked", chunked("xchunked") + "0\r\n\r\n"),
        at(400, "chunked with a parameter", chunked("chunked;a=b") + "0\r\n\r\n"),
        at(
            400,
            "two Transfer-Encoding fields",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
        at(
            400,
            "a length and chunks",
            post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
        at(
            400,
            "chunks and a length",
            post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n"),
        at(
            400,
            "chunks in HTTP/1.0",
            "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        at(400, "two lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n") + "ab"),
        at(400, "the same length twice", post("Content-Length: 1\r\nContent-Length: 1\r\n") + "a"),
        at(400, "a list of lengths", post("Content-Length: 1, 1\r\n") + "a"),
        at(400, "a negative length", post("Content-Length: -1\r\n") + "a"),
        at(400, "a length with a sign", post("Content-Length: +1\r\n") + "a"),
        at(400, "a hexadecimal length", post("Content-Length: 0x1\r\n") + "a"),
        at(400, "a length with a blank", post("Content-Length: 1 1\r\n") + "a"),
        at(400, "an empty length", post("Content-Length: \r\n") + "a"),
        at(400, "a length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n") + "a"),
        at(400, "no Host", "GET / HTTP/1.1\r\n\r\n"),
        at(400, "two Hosts", "GET / HTTP/1.1\r\n" + HOST + "Host: y\r\n\r\n"),
        at(400, "the same Host twice", "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
        at(400, "two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\n" + HOST + HOST + "\r\n"),
        at(400, "an empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n"),
        at(400, "a Host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
        at(400, "a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        at(400, "a Host with a blank", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
        at(400, "a Host with a bad port", "GET / HTTP/1.1\r\nHost: a:8x\r\n\r\n"),
        at(400, "a Host with half a bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
        at(505, "HTTP/1.2", "GET / HTTP/1.2\r\n" + HOST + "\r\n"),
        at(505, "HTTP/2.0", "GET / HTTP/2.0\r\n" + HOST + "\r\n"),
        at(505, "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        at(400, "no version", "GET /\r\n" + HOST + "\r\n"),
        at(400, "http in lower case", "GET / http/1.1\r\n" + HOST + "\r\n"),
        at(400, "another protocol", "GET / ICAP/1.1\r\n" + HOST + "\r\n"),
        at(400, "HTTP/1.1 and more", "GET / HTTP/1.1 x\r\n" + HOST + "\r\n"),
        at(400, "a NUL in a value", "GET / HTTP/1.1\r\n" + HOST + "A: b\0c\r\n\r\n"),
        at(400, "a CR in a value", "GET / HTTP/1.1\r\n" + HOST + "A: b\rc\r\n\r\n"),
        at(400, "a control in a value", "GET / HTTP/1.1\r\n" + HOST + "A: b\u0001c\r\n\r\n"),
        at(400, "a DEL in a value", "GET / HTTP/1.1\r\n" + HOST + "A: b\u007fc\r\n\r\n"),
        at(400, "a NUL in a name", "GET / HTTP/1.1\r\n" + HOST + "A\0: b\r\n\r\n"),
        at(400, "a blank before the colon", "GET / HTTP/1.1\r\n" + HOST + "A : b\r\n\r\n"),
        at(400, "a tab before the colon", "GET / HTTP/1.1\r\n" + HOST + "A\t: b\r\n\r\n"),
        at(400, "a blank in a name", "GET / HTTP/1.1\r\n" + HOST + "A b: c\r\n\r\n"),
        at(400, "an empty name", "GET / HTTP/1.1\r\n" + HOST + ": c\r\n\r\n"),
        at(400, "no colon", "GET / HTTP/1.1\r\n" + HOST + "abc\r\n\r\n"),
        at(400, "a name that is not ASCII", "GET / HTTP/1.1\r\n" + HOST + "\u00e4: b\r\n\r\n"),
        at(400, "LF alone after the request line", "GET / HTTP/1.1\n" + HOST + "\r\n"),
        at(400, "LF alone after a field", "GET / HTTP/1.1\r\nHost: x\n\r\n"),
        at(400, "LF alone at the end", "GET / HTTP/1.1\r\n" + HOST + "\n"),
        at(400, "two blanks before the target", "GET  / HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "two blanks before the version", "GET /  HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a tab before the target", "GET\t/ HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a tab before the version", "GET /\tHTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a CR in the request line", "GET /\rHTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a blank before the method", " GET / HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a blank after the version", "GET / HTTP/1.1 \r\n" + HOST + "\r\n"),
        at(400, "a blank in the target", "GET /a b HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a method that is no token", "GE(T / HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a control in the target", "GET /\u0001 HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a NUL in the target", "GET /\0 HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a DEL in the target", "GET /\u007f HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a target that is not ASCII", "GET /\u00e4 HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "an asterisk", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "an authority", "CONNECT x:80 HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a target without a slash", "GET a HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "another scheme", "GET ftp://x/ HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a user in the target", "GET http://u:p@x/ HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "an empty authority", "GET http:///a HTTP/1.1\r\n" + HOST + "\r\n"),
        at(400, "a large head", "GET / HTTP/1.1\r\n" + HOST + fields(9, 4_000) + "\r\n"),
        at(400, "one large field", "GET / HTTP/1.1\r\n" + HOST + fields(1, 33_000) + "\r\n"),
        at(400, "many fields", "GET / HTTP/1.1\r\n" + HOST + fields(200, 1) + "\r\n"),
        at(414, "a long target", "GET /" + "a".repeat(33_000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
        at(
            400,
            "a target and fields that are too much together",
            "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + HOST + fields(1, 20_000) + "\r\n"),
        at(400, "the hello of TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\r\n\r\n"),
        at(400, "a chunk without a size", chunked("chunked") + "\r\nabc\r\n0\r\n\r\n"),
        at(400, "a size that is not hexadecimal", chunked("chunked") + "g\r\nabc\r\n0\r\n\r\n"),
        at(400, "a size with 0x", chunked("chunked") + "0x3\r\nabc\r\n0\r\n\r\n"),
        at(400, "a size with a sign", chunked("chunked") + "+3\r\nabc\r\n0\r\n\r\n"),
        at(400, "a negative size", chunked("chunked") + "-3\r\nabc\r\n0\r\n\r\n"),
        at(400, "a blank before a size", chunked("chunked") + " 3\r\nabc\r\n0\r\n\r\n"),
        at(400, "a blank after a size", chunked("chunked") + "3 \r\nabc\r\n0\r\n\r\n"),
        at(400, "17 digits", chunked("chunked") + "10000000000000003\r\nabc\r\n0\r\n\r\n"),
        at(400, "32 bits too many", chunked("chunked") + "100000003\r\nabc\r\n0\r\n\r\n"),
        at(400, "LF after a size", chunked("chunked") + "3\nabc\r\n0\r\n\r\n"),
        at(400, "LF after a chunk", chunked("chunked") + "3\r\nabc\n0\r\n\r\n"),
        at(400, "a chunk that is too long", chunked("chunked") + "3\r\nabcd\r\n0\r\n\r\n"),
        at(
            400,
            "a long extension",
            chunked("chunked") + "3;a=" + "b".repeat(20_000) + "\r\nabc\r\n0\r\n\r\n"),
        at(
            400,
            "many extensions",
            chunked("chunked")
                + ("1;a=" + "b".repeat(100) + "\r\nc\r\n").repeat(300)
                + "0\r\n\r\n"),
        at(400, "an extension with LF", chunked("chunked") + "3;a\nabc\r\n0\r\n\r\n"),
        at(400, "a bad trailer", chunked("chunked") + "3\r\nabc\r\n0\r\na b: c\r\n\r\n"),
        at(400, "a trailer without colon", chunked("chunked") + "3\r\nabc\r\n0\r\nab\r\n\r\n"),
        at(400, "a NUL in a trailer", chunked("chunked") + "3\r\nabc\r\n0\r\na: b\0\r\n\r\n"));
  }

  private static Arguments at(int status, String name, String bytes) {
    return Arguments.of(name, status, bytes);
  }

  private static String post(String fields) {
    return "POST / HTTP/1.1\r\n" + HOST + fields + "\r\n";
  }

  private static String chunked(String encoding) {
    return post("Transfer-Encoding: " + encoding + "\r\n");
  }

  private static String fields(int count, int length) {
    var fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append("a").append(i).append(": ").append("b".repeat(length)).append("\r\n");
    }
    return fields.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefusedAndTheConnectionCloses(String name, int status, String bytes) throws IOException {
    assertRefused(status, bytes, bytes.length());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefusedAsWellWhenItComesInPieces(String name, int status, String bytes)
      throws IOException {
    assertRefused(status, bytes, Math.max(1, bytes.length() / 40));
  }

  private void assertRefused(int status, String bytes, int pieceLength) throws IOException {
    int before = handled.get();
    try (var client = given.client()) {
      for (int i = 0; i < bytes.length(); i += pieceLength) {
        client.send(bytes.substring(i, Math.min(bytes.length(), i + pieceLength)));
      }
      client.send("GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n");
      var answer = client.answer(true);
      assertEquals(status, answer.status(), answer.head());
      assertTrue(answer.has("Connection: close"), answer.head());
      assertTrue(client.seesTheEnd());
    }
    assertEquals(before, handled.get());
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of("plain", "GET /a?b HTTP/1.1\r\n" + HOST + "\r\n", "GET /a b 0"),
        Arguments.of("HTTP/1.0", "GET /a HTTP/1.0\r\n\r\n", "GET /a  0"),
        Arguments.of(
            "empty lines before", "\r\n\r\nGET /a HTTP/1.1\r\n" + HOST + "\r\n", "GET /a  0"),
        Arguments.of(
            "the absolute form",
            "GET http://x:80/a%2F?b=c?d HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /a%2F b=c?d 0"),
        Arguments.of(
            "the absolute form without a path",
            "GET HTTP://x?b HTTP/1.1\r\n" + HOST + "\r\n",
            "GET / b 0"),
        Arguments.of("an IPv6 host", "GET / HTTP/1.1\r\nHost: [::1]:90\r\n\r\n", "GET /  0"),
        Arguments.of("another method", "BREW / HTTP/1.1\r\n" + HOST + "\r\n", "BREW /  0"),
        Arguments.of(
            "slashes and dots", "GET //a/../b HTTP/1.1\r\n" + HOST + "\r\n", "GET //a/../b  0"),
        Arguments.of("a length", post("Content-Length: 3\r\n") + "abc", "POST /  3"),
        Arguments.of(
            "another expectation",
            post("Expect: 200\r\nContent-Length: 3\r\n") + "abc",
            "POST /  3"),
        Arguments.of("no body", post("Content-Length: 0\r\n"), "POST /  0"),
        Arguments.of("CHUNKED", chunked("CHUNKED") + "3\r\nabc\r\n0\r\n\r\n", "POST /  3"),
        Arguments.of("an extension", chunked("chunked") + "3;a=b\r\nabc\r\n0\r\n\r\n", "POST /  3"),
        Arguments.of(
            "leading zeros", chunked("chunked") + "0003\r\nabc\r\n00\r\n\r\n", "POST /  3"),
        Arguments.of(
            "199 fields", "GET / HTTP/1.1\r\n" + HOST + fields(199, 1) + "\r\n", "GET /  0"),
        Arguments.of(
            "31 KiB of head",
            "GET / HTTP/1.1\r\n" + HOST + fields(1, 31_000) + "\r\n",
            "GET /  0"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void whatIsUnambiguousIsServed(String name, String bytes, String description) throws IOException {
    try (var client = given.client()) {
      assertEquals(description, client.send(bytes).answer().text());
    }
    try (var client = given.client()) {
      for (int i = 0; i < Math.min(200, bytes.length()); i++) {
        client.send(bytes.substring(i, i + 1));
      }
      client.send(bytes.substring(Math.min(200, bytes.length())));
      assertEquals(description, client.answer().text());
    }
  }

  @Test
  void aRefusalOfHeadHasNoBody() throws IOException {
    try (var client = given.client()) {
      client.send("HEAD / HTTP/1.1\r\n\r\n");
      assertEquals(400, client.answer(false).status());
      assertTrue(client.seesTheEnd());
    }
  }
}
