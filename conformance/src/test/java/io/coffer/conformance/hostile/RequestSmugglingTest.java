package io.coffer.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request hidden in what a proxy takes for the body of another one, or behind what it takes for
 * its end. If the server saw it, it would do what nobody upstream has checked: here, store an
 * object. Source: RFC 9112 §11.2.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestSmugglingTest {
  private static final String KEY = "smuggled";

  private Victim victim;

  @BeforeAll
  void start() {
    victim = Victim.inMemory();
  }

  @AfterAll
  void stop() {
    victim.close();
  }

  private String hidden() {
    var head = victim.signed("PUT", "/loot/" + KEY, "x");
    return new String(Victim.bytes(head, "x"), StandardCharsets.ISO_8859_1);
  }

  private String carrier(String fields) {
    return "POST /loot HTTP/1.1\r\nHost: " + victim.host() + "\r\n" + fields + "\r\n";
  }

  private static String chunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n0\r\n\r\n";
  }

  /** The control: what is smuggled below does its work when the server is asked for it. */
  @Test
  void theHiddenRequestWouldStoreAnObject() {
    assertEquals(200, victim.conversation(hidden()).getFirst().status());
    assertTrue(victim.has(KEY));
    assertEquals(204, victim.ask("DELETE", "/loot/" + KEY, "").status());
  }

  /** What announces a body, and what comes behind the head, around the hidden request. */
  record Attack(String name, String fields, UnaryOperator<String> body) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Attack> attacks() {
    return Stream.of(
        new Attack(
            "CL.TE: the length covers what chunks end before",
            "Content-Length: 999\r\nTransfer-Encoding: chunked\r\n",
            h -> "0\r\n\r\n" + h),
        new Attack(
            "TE.CL: chunks cover what the length ends before",
            "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
            RequestSmugglingTest::chunk),
        new Attack("two lengths", "Content-Length: 0\r\nContent-Length: 999\r\n", h -> h),
        new Attack("a list of lengths", "Content-Length: 0, 999\r\n", h -> h),
        new Attack("a length with a sign", "Content-Length: +0\r\n", h -> h),
        new Attack("a length in hexadecimal", "Content-Length: 0x0\r\n", h -> h),
        new Attack("a length beyond 64 bits", "Content-Length: 18446744073709551616\r\n", h -> h),
        new Attack(
            "a coding that is not quite chunked",
            "Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n",
            h -> h),
        new Attack("a coding behind chunked", "Transfer-Encoding: chunked, identity\r\n", h -> h),
        new Attack("chunked in quotes", "Transfer-Encoding: \"chunked\"\r\n", h -> h),
        new Attack("chunked behind a vertical tab", "Transfer-Encoding: \u000bchunked\r\n", h -> h),
        new Attack("a folded coding", "Transfer-Encoding:\r\n chunked\r\n", h -> "0\r\n\r\n" + h),
        new Attack(
            "a coding folded out of a harmless field",
            "X: y\r\n Transfer-Encoding: chunked\r\n",
            h -> "0\r\n\r\n" + h),
        new Attack(
            "a space before the colon", "Transfer-Encoding : chunked\r\n", h -> "0\r\n\r\n" + h),
        new Attack("a length with a space before the colon", "Content-Length : 999\r\n", h -> h),
        new Attack(
            "a field that a bare LF begins",
            "X: y\nTransfer-Encoding: chunked\r\n",
            h -> "0\r\n\r\n" + h),
        new Attack(
            "a field that a bare CR begins",
            "X: y\rTransfer-Encoding: chunked\r\n",
            h -> "0\r\n\r\n" + h),
        new Attack("a NUL in a name", "Transfer-Encoding\0: chunked\r\n", h -> "0\r\n\r\n" + h),
        new Attack(
            "an extension with a bare LF",
            "Transfer-Encoding: chunked\r\n",
            h -> "1;a\nx\r\n0\r\n\r\n" + h),
        new Attack("a size with a sign", "Transfer-Encoding: chunked\r\n", h -> "-0\r\n\r\n" + h),
        new Attack(
            "a size beyond 64 bits",
            "Transfer-Encoding: chunked\r\n",
            h -> "10000000000000000\r\n\r\n" + h),
        new Attack(
            "a size with a prefix", "Transfer-Encoding: chunked\r\n", h -> "0x0\r\n\r\n" + h),
        new Attack(
            "data that is longer than its chunk",
            "Transfer-Encoding: chunked\r\n",
            h -> "1\r\nxx\r\n0\r\n\r\n" + h),
        new Attack(
            "data without its end of line",
            "Transfer-Encoding: chunked\r\n",
            h -> "1\r\nx0\r\n\r\n" + h));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void whatTwoParsersCouldReadDifferentlyEndsTheConnection(Attack attack) {
    var answers = victim.conversation(carrier(attack.fields) + attack.body.apply(hidden()));
    assertEquals(1, answers.size(), answers::toString);
    int status = answers.getFirst().status();
    assertTrue(status >= 400 && status < 500, answers::toString);
    assertFalse(victim.has(KEY), attack::name);
  }

  @Test
  void chunksGoWithNoOlderVersion() {
    var old = carrier("Transfer-Encoding: chunked\r\n").replace("HTTP/1.1", "HTTP/1.0");
    var answers = victim.conversation(old + "0\r\n\r\n" + hidden());
    assertEquals(1, answers.size(), answers::toString);
    assertEquals(400, answers.getFirst().status());
    assertFalse(victim.has(KEY));
  }

  /** RFC 9112 §7.1.1: extensions that are not known are ignored; they hide nothing. */
  @Test
  void aRequestInAChunkExtensionIsNotSeen() {
    var hidden = hidden().lines().findFirst().orElseThrow();
    var answers =
        victim.conversation(
            carrier("Transfer-Encoding: chunked\r\nConnection: close\r\n")
                + "0;a=\""
                + hidden
                + "\"\r\n\r\n");
    assertEquals(1, answers.size(), answers::toString);
    assertFalse(victim.has(KEY));
  }

  @Test
  void aRequestInABodyIsContent() {
    var hidden = hidden();
    var head = victim.signed("PUT", "/loot/carrier", hidden);
    assertEquals(200, victim.send(head, hidden).status());
    assertEquals(hidden, victim.get("carrier"));
    assertFalse(victim.has(KEY));
  }

  /** The rest of a body that was refused is not taken for the next request. */
  @Test
  void aRequestInTheBodyOfARefusedRequestIsNotSeen() {
    var hidden = hidden();
    var answers =
        victim.conversation(
            "PUT /loot/x HTTP/1.1\r\nHost: "
                + victim.host()
                + "\r\nAuthorization: nonsense\r\nContent-Length: "
                + hidden.length()
                + "\r\n\r\n"
                + hidden);
    assertEquals(1, answers.size(), answers::toString);
    assertEquals(400, answers.getFirst().status());
    assertFalse(victim.has(KEY));
  }

  /** A GET whose body a proxy does not forward, or forwards without looking. */
  @Test
  void aRequestInTheBodyOfAGetIsContent() {
    var hidden = hidden();
    var answers =
        victim.conversation(
            "GET /loot/x HTTP/1.1\r\nHost: "
                + victim.host()
                + "\r\nContent-Length: "
                + hidden.length()
                + "\r\n\r\n"
                + hidden);
    assertEquals(1, answers.size(), answers::toString);
    assertEquals(403, answers.getFirst().status());
    assertFalse(victim.has(KEY));
  }
}
