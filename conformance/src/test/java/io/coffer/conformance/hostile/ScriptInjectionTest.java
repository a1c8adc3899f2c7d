package io.coffer.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names and parameters that would be markup, or would send a browser to a script, in what the
 * server answers by itself. Source: Amazon S3 API Reference, "POST Object" and "REST error
 * responses"; CWE-79, CWE-601.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptInjectionTest {
  private static final String SCRIPT = "<script>alert(1)</script>";
  private static final String ENCODED = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";

  private Victim victim;

  @BeforeAll
  void start() {
    victim = Victim.inMemory();
  }

  @AfterAll
  void stop() {
    victim.close();
  }

  private static void inert(Answer answer) {
    assertTrue(answer.status() < 500, answer::toString);
    assertFalse(answer.text().contains("<script"), answer::toString);
    if (answer.body().length > 0) {
      var type = String.valueOf(answer.header("Content-Type"));
      assertTrue(type.contains("xml") || type.startsWith("text/plain"), answer::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///x",
        "//evil.example/",
        "/\\evil.example/",
        "http:evil.example",
        "http:///x",
        "https://\"><script>alert(1)</script>",
        "x",
        ""
      })
  void aFormRedirectsToTheWebOnly(String redirect) {
    var form = new Form().with("key", "k").with("success_action_redirect", redirect);
    var answer = form.send(victim);
    assertEquals(204, answer.status(), answer::toString);
    assertEquals("http://" + victim.host() + "/loot/k", answer.header("Location"));
    inert(answer);
  }

  /** The owner's policy names where to; what the server adds is encoded. */
  @Test
  void whatARedirectTellsIsEncoded() {
    var answer =
        new Form()
            .with("key", "\"><script>alert(1)</script>&x=y#z")
            .with("success_action_redirect", "https://example.com/done?a=b")
            .send(victim);
    assertEquals(303, answer.status(), answer::toString);
    var location = String.valueOf(answer.header("Location"));
    assertTrue(location.startsWith("https://example.com/done?a=b&bucket=loot&key="), location);
    for (var mark : List.of("<", ">", "\"", "'", "#", "&x")) {
      assertFalse(location.contains(mark), location);
    }
  }

  /** The policy covers the redirect as it covers each field. */
  @Test
  void aRedirectThatThePolicyDoesNotNameIsRefused() {
    var answer =
        victim.send(
            victim.head("POST", "/loot", "Content-Type", "multipart/form-data; boundary=b"),
            "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"success_action_redirect\"\r\n\r\n"
                + "https://evil.example/\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b--\r\n");
    assertEquals(403, answer.status(), answer::toString);
    assertEquals(null, answer.header("Location"));
  }

  @Test
  void aFormsDocumentIsEscaped() {
    var answer =
        new Form().with("key", SCRIPT + "&\"'").with("success_action_status", "201").send(victim);
    assertEquals(201, answer.status());
    inert(answer);
    assertTrue(answer.text().contains("&lt;script&gt;"), answer::toString);
  }

  @Test
  void listingsAreEscaped() {
    victim.put(ENCODED, "x");
    victim.put("]]%3E" + ENCODED, "x");
    for (var target :
        List.of(
            "/loot",
            "/loot?list-type=2",
            "/loot?versions",
            "/loot?prefix=" + ENCODED,
            "/loot?delimiter=" + ENCODED,
            "/loot?marker=" + ENCODED,
            "/loot?list-type=2&start-after=" + ENCODED,
            "/loot?uploads&key-marker=" + ENCODED,
            "/loot?encoding-type=" + ENCODED,
            "/loot?max-keys=" + ENCODED)) {
      inert(victim.ask("GET", target, ""));
    }
    assertNotEquals(-1, victim.ask("GET", "/loot", "").text().indexOf("&lt;script&gt;"));
  }

  @Test
  void errorsAreEscaped() {
    for (var target :
        List.of(
            "/loot/none" + ENCODED,
            "/none/" + ENCODED,
            "/" + ENCODED,
            "/loot/none?versionId=" + ENCODED,
            "/loot/k?uploadId=" + ENCODED,
            "/loot?continuation-token=" + ENCODED + "&list-type=2",
            "/loot/none?partNumber=" + ENCODED)) {
      inert(victim.ask("GET", target, ""));
      inert(victim.send(victim.head("GET", target), ""));
    }
    inert(victim.ask("PUT", "/loot/k", "x", "x-amz-acl", SCRIPT));
    inert(victim.ask("PUT", "/loot/k", "x", "x-amz-copy-source", SCRIPT));
    inert(victim.send(victim.head("GET", "/", "Authorization", SCRIPT), ""));
    inert(victim.send(victim.head("GET", "/loot/k", "Authorization", "AWS " + SCRIPT), ""));
  }

  @Test
  void refusalsOfHeadsAreEscaped() {
    for (var request :
        List.of(
            "GET /" + SCRIPT + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: " + SCRIPT + "\r\n\r\n",
            "GET / " + SCRIPT + "\r\nHost: x\r\n\r\n",
            SCRIPT + " / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
      for (var answer : victim.conversation(request)) {
        inert(answer);
      }
    }
  }

  @Test
  void answersOfIamAndStsAreEscaped() {
    for (var form :
        List.of(
            "Action=" + ENCODED + "&Version=2010-05-08",
            "Action=GetUser&Version=" + ENCODED,
            "Action=GetUser&UserName=" + ENCODED + "&Version=2010-05-08",
            "Action=AssumeRole&RoleArn=" + ENCODED + "&Version=2011-06-15")) {
      inert(
          victim.send(
              victim.head("POST", "/", "Content-Type", "application/x-www-form-urlencoded"), form));
    }
  }

  /** Nobody shows somebody else's public object under a type of his own choice. */
  @Test
  void whoDoesNotSignChoosesNoType() {
    var target = "/loot/k?response-content-type=text/html";
    var answer = victim.send(victim.head("GET", target), "");
    assertEquals("InvalidRequest", answer.code(), answer::toString);
    inert(answer);
  }
}
