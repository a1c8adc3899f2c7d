package io.coffer.conformance.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents that make a careless parser read files, ask other machines, or fill the memory. Source:
 * OWASP, "XML External Entity Prevention"; CWE-611, CWE-776.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmlAttackTest {
  private static final String TREASURE = "what the server's machine keeps for itself";

  @TempDir static Path scratch;

  private Victim victim;

  @BeforeAll
  void start() throws IOException {
    Files.writeString(scratch.resolve("treasure"), TREASURE);
    victim = Victim.inMemory();
    victim.put("tagged", "x");
  }

  @AfterAll
  void stop() {
    victim.close();
  }

  private static String md5(String document) {
    try {
      var digest = MessageDigest.getInstance("MD5");
      return Base64.getEncoder().encodeToString(digest.digest(document.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private Answer tag(String document) {
    return victim.ask("PUT", "/loot/tagged?tagging", document, "Content-MD5", md5(document));
  }

  private static String tagging(String value) {
    return "<Tagging><TagSet><Tag><Key>k</Key><Value>"
        + value
        + "</Value></Tag></TagSet></Tagging>";
  }

  /** The control: what the attacks are built around is stored and shown. */
  @Test
  void aPlainDocumentIsStoredAndShown() {
    assertEquals(200, tag(tagging("plain")).status());
    assertTrue(victim.ask("GET", "/loot/tagged?tagging", "").text().contains("plain"));
  }

  /** Each is sent where its entity would be shown, or would be missed. */
  static Stream<String> entities() {
    var file = scratch.resolve("treasure").toUri();
    var bomb = new StringBuilder("<!ENTITY a0 'aaaaaaaaaa'>");
    for (int i = 1; i < 12; i++) {
      bomb.append("<!ENTITY a" + i + " '" + ("&a" + (i - 1) + ";").repeat(10) + "'>");
    }
    return Stream.of(
        "<!DOCTYPE x [<!ENTITY e 'declared'>]>" + tagging("&e;"),
        "<!DOCTYPE x [<!ENTITY e SYSTEM '" + file + "'>]>" + tagging("&e;"),
        "<!DOCTYPE x [<!ENTITY e PUBLIC 'p' '" + file + "'>]>" + tagging("&e;"),
        "<!DOCTYPE x [<!ENTITY % e SYSTEM '" + file + "'> %e;]>" + tagging("v"),
        "<!DOCTYPE x SYSTEM '" + file + "'>" + tagging("v"),
        "<!DOCTYPE Tagging [" + bomb + "]>" + tagging("&a11;"),
        "<!DOCTYPE x [<!ENTITY a '" + "a".repeat(50_000) + "'>]>" + tagging("&a;".repeat(50_000)),
        "<!DOCTYPE x [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>" + tagging("&a;"),
        "<!DOCTYPE x [<!ATTLIST Tagging a CDATA '&e;'>]>" + tagging("v"),
        "<!DOCTYPE x>" + tagging("v"),
        "<!doctype x>" + tagging("v"),
        tagging("&undeclared;"));
  }

  @ParameterizedTest
  @MethodSource("entities")
  void aDocumentWithATypeOrEntitiesIsRefused(String document) {
    var answer = tag(document);
    assertEquals("MalformedXML", answer.code(), answer::toString);
    assertFalse(answer.text().contains(TREASURE));
    assertFalse(victim.ask("GET", "/loot/tagged?tagging", "").text().contains(TREASURE));
  }

  /** A listener stands where the documents point to; nobody calls. */
  @Test
  void nobodyIsAskedForAnEntity() throws IOException {
    try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout(500);
      var url = "http://127.0.0.1:" + listener.getLocalPort() + "/x";
      for (var document :
          new String[] {
            "<!DOCTYPE x [<!ENTITY e SYSTEM '" + url + "'>]>" + tagging("&e;"),
            "<!DOCTYPE x [<!ENTITY % e SYSTEM '" + url + "'> %e;]>" + tagging("v"),
            "<!DOCTYPE x SYSTEM '" + url + "'>" + tagging("v"),
            "<?xml-stylesheet href='" + url + "'?>" + tagging("v"),
            "<Tagging xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='x "
                + url
                + "'><TagSet/></Tagging>",
            "<Tagging><TagSet><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='"
                + url
                + "'/></TagSet></Tagging>",
          }) {
        assertTrue(tag(document).status() < 500);
      }
      assertThrows(SocketTimeoutException.class, listener::accept);
    }
  }

  static Stream<String> large() {
    return Stream.of(
        "<a>".repeat(300_000),
        "<Tagging>" + "<a>".repeat(100_000) + "</a>".repeat(100_000) + "</Tagging>",
        "<Tagging " + "a='b' ".repeat(100_000) + "/>",
        "<Tagging a='" + "b".repeat(900_000) + "'/>",
        "<Tagging" + " xmlns:a='b'".repeat(50_000) + "/>",
        "<" + "a".repeat(900_000) + "/>",
        "<Tagging>" + "<!---->".repeat(100_000) + "</Tagging>",
        "<Tagging>" + "<?a?>".repeat(100_000) + "</Tagging>",
        "<Tagging>" + "<![CDATA[]]>".repeat(80_000) + "</Tagging>",
        tagging("&#x41;".repeat(150_000)),
        "<?xml version='1.0' encoding='UTF-7'?>" + tagging("+ADw-"),
        "<?xml version='1.0' encoding='EBCDIC-CP-US'?>x");
  }

  @ParameterizedTest
  @MethodSource("large")
  void aLargeOrOddDocumentIsAnsweredSoon(String document) {
    long start = System.nanoTime();
    var answer = tag(document);
    assertTrue(answer.status() < 500, answer::toString);
    assertTrue(System.nanoTime() - start < 5_000_000_000L, "slow");
  }

  @Test
  void aDocumentBeyondTheLimitIsRefused() {
    var answer = tag(tagging("v".repeat(2 << 20)));
    assertEquals("MaxMessageLengthExceeded", answer.code(), answer::toString);
  }

  /** Nobody has to sign those bytes: a form's field is a document too. */
  @Test
  void aFormsDocumentHasNoEntitiesEither() {
    var file = scratch.resolve("treasure").toUri();
    var document = "<!DOCTYPE x [<!ENTITY e SYSTEM '" + file + "'>]>" + tagging("&e;");
    var form =
        "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"tagging\"\r\n\r\n"
            + document
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b--\r\n";
    var answer =
        victim.send(
            victim.head("POST", "/loot", "Content-Type", "multipart/form-data; boundary=b"), form);
    assertTrue(answer.status() >= 400 && answer.status() < 500, answer::toString);
    assertFalse(answer.text().contains(TREASURE));
  }
}
