package io.coffer.conformance.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Line ends in what a client stores or asks for, which would be header fields, or a second answer,
 * for whoever reads the object. Source: RFC 9110 §5.5; CWE-113.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderInjectionTest {
  /** U+560D and U+560A: cast to bytes they are CR and LF. */
  private static final String WIDE_LINE_END = "%E5%98%8D%E5%98%8A";

  private Victim victim;

  @BeforeAll
  void start() {
    victim = Victim.inMemory();
    victim.put("seen", "x");
  }

  @AfterAll
  void stop() {
    victim.close();
  }

  private static void intact(Answer answer) {
    assertTrue(answer.status() < 500 || answer.status() == 501, answer::toString);
    var injected =
        answer.fields().stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("injected"))
            .toList();
    assertEquals(List.of(), injected, answer::toString);
    assertEquals(
        List.of(),
        answer.fields().stream().filter(line -> line.chars().anyMatch(c -> c < 0x20)).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%0d%0aInjected:%20yes",
        "%0aInjected:%20yes",
        "%0dInjected:%20yes",
        "x%0d%0a%0d%0aInjected:%20yes",
        WIDE_LINE_END + "Injected:%20yes",
        "%C4%8D%C4%8AInjected:%20yes",
        "%E2%80%A8Injected:%20yes",
        "%C2%85Injected:%20yes",
        "%0bInjected:%20yes",
        "%00Injected:%20yes",
        "%250d%250aInjected:%20yes"
      })
  void aResponseParameterMakesNoField(String value) {
    for (var name :
        List.of(
            "response-content-type",
            "response-content-disposition",
            "response-content-language",
            "response-content-encoding",
            "response-cache-control",
            "response-expires")) {
      intact(victim.ask("GET", "/loot/seen?" + name + "=" + value, ""));
    }
  }

  @Test
  void aLineEndInAResponseParameterIsRefused() {
    for (var value : List.of("%0d%0aInjected:yes", "%0aInjected:yes", WIDE_LINE_END)) {
      var target = "/loot/seen?response-content-type=" + value;
      assertEquals("InvalidArgument", victim.ask("GET", target, "").code());
    }
  }

  /** RFC 2047 hides any bytes in ASCII, and metadata is decoded when it is stored. */
  @ParameterizedTest
  @ValueSource(strings = {"a\r\nInjected: yes", "a\nInjected: yes", "\r\n\r\nInjected: yes", "\0"})
  void anEncodedWordMakesNoField(String hidden) {
    var base64 = "=?UTF-8?B?" + Base64.getEncoder().encodeToString(hidden.getBytes(UTF_8)) + "?=";
    var quoted =
        "=?UTF-8?Q?" + hidden.replace("\r", "=0D").replace("\n", "=0A").replace(' ', '_') + "?=";
    for (var word : List.of(base64, quoted.replace("\0", "=00"))) {
      intact(victim.ask("PUT", "/loot/words", "x", "x-amz-meta-a", word));
      intact(victim.ask("GET", "/loot/words", ""));
      intact(victim.ask("HEAD", "/loot/words", ""));
    }
  }

  /** Text beyond ISO 8859-1 is no field's: it is encoded, or comes back as its own bytes. */
  @Test
  void wideCharactersAreNotCutToLineEnds() {
    var wide = new String(Character.toChars(0x560D)) + new String(Character.toChars(0x560A));
    for (var name :
        List.of(
            "Content-Type",
            "Content-Disposition",
            "Content-Language",
            "Cache-Control",
            "Expires",
            "x-amz-meta-a",
            "x-amz-website-redirect-location")) {
      intact(victim.ask("PUT", "/loot/wide", "x", name, "/x" + wide + "Injected: yes"));
      intact(victim.ask("GET", "/loot/wide", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/new-bucket%0d%0aInjected:%20yes",
        "/loot/k%0d%0aInjected:%20yes",
        "/loot/k" + WIDE_LINE_END + "Injected:%20yes",
        "/loot/k%0d%0a?uploads",
        "/loot?policy&x=%0d%0aInjected:%20yes"
      })
  void aNameMakesNoField(String target) {
    for (var method : List.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")) {
      intact(victim.ask(method, target, ""));
    }
  }

  @Test
  void aFormsFieldsMakeNoFields() {
    var lineEnd = "\r\nInjected: yes";
    for (var name :
        List.of(
            "Content-Type", "Content-Disposition", "x-amz-meta-a", "Cache-Control", "Expires")) {
      intact(new Form().with("key", "form").with(name, "a" + lineEnd).send(victim));
      intact(victim.ask("GET", "/loot/form", ""));
    }
    intact(new Form().with("key", "form" + lineEnd).send(victim));
    for (var field : List.of("success_action_redirect", "redirect")) {
      for (var end : List.of("\r\n", "\n", "\r", "%0d%0a", "\u560d\u560a", "\u2028")) {
        var url = "http://example.com/" + end + "Injected: yes";
        intact(new Form().with("key", "form").with(field, url).send(victim));
        var query = "http://example.com/?a=" + end + "Injected:yes#" + end;
        intact(new Form().with("key", "form").with(field, query).send(victim));
      }
    }
    intact(new Form().with("key", "form").with("x-amz-meta-a: b\r\nInjected", "c").send(victim));
    intact(victim.ask("GET", "/loot/form", ""));
  }

  /** In a head no line end can be part of a value: what follows is a field, and not signed. */
  @Test
  void aRawLineEndEndsTheRequest() {
    var head = victim.signed("PUT", "/loot/raw", "x", "x-amz-meta-a", "b\rInjected: yes");
    assertEquals(400, victim.send(head, "x").status());
    var folded = victim.signed("PUT", "/loot/raw", "x", "x-amz-meta-a", "b\r\n Injected: yes");
    assertEquals(400, victim.send(folded, "x").status());
  }
}
