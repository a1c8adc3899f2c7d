package io.coffer.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.coffer.auth.SigningService;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A header that is added to a signed request on its way, and would make it another one. Source:
 * Amazon S3 API Reference, "Signature Calculations for the Authorization Header": the host and all
 * x-amz- headers are to be signed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnsignedHeaderTest {
  private Victim victim;

  @BeforeAll
  void start() {
    victim = Victim.inMemory();
    victim.put("source", "content");
  }

  @AfterAll
  void stop() {
    victim.close();
  }

  private static RequestHead with(RequestHead head, String name, String value) {
    var headers = Headers.builder();
    head.headers().fields().forEach(field -> headers.add(field.name(), field.value()));
    headers.add(name, value);
    return new RequestHead(head.method(), head.path(), head.query(), headers.build());
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-copy-source, /loot/source",
    "X-AMZ-COPY-SOURCE, /loot/source",
    "x-amz-acl, public-read",
    "x-amz-grant-read, uri=anybody",
    "x-amz-meta-a, b",
    "x-amz-tagging, a=b",
    "x-amz-website-redirect-location, /elsewhere",
    "x-amz-storage-class, GLACIER",
    "x-amz-object-lock-mode, COMPLIANCE",
    "x-amz-bypass-governance-retention, true",
    "x-amz-expected-bucket-owner, 000000000001",
    "x-amz-server-side-encryption-customer-algorithm, AES256"
  })
  void anUnsignedAmzHeaderIsRefused(String name, String value) {
    var answer = victim.send(with(victim.signed("PUT", "/loot/new", "x"), name, value), "x");
    assertEquals(403, answer.status(), answer::toString);
    assertEquals("AccessDenied", answer.code());
    assertFalse(victim.has("new"));
  }

  @Test
  void aSecondSignedHeaderIsSeen() {
    var head = victim.signed("PUT", "/loot/twice", "x", "x-amz-meta-a", "b");
    var answer = victim.send(with(head, "x-amz-meta-a", "c"), "x");
    assertEquals("SignatureDoesNotMatch", answer.code(), answer::toString);
    assertEquals(403, victim.send(with(head, "x-amz-date", "20300101T000000Z"), "x").status());
    assertEquals(403, victim.send(with(head, "x-amz-content-sha256", "x"), "x").status());
    assertFalse(victim.has("twice"));
  }

  @ParameterizedTest
  @CsvSource({
    "X-HTTP-Method-Override, DELETE",
    "X-HTTP-Method, DELETE",
    "X-Method-Override, DELETE",
    "X-Original-URL, /loot/other",
    "X-Rewrite-URL, /loot/other",
    "x_amz_copy_source, /loot/other",
    "X-Forwarded-Prefix, /other"
  })
  void noHeaderOfOtherProgramsChangesARequest(String name, String value) {
    victim.put("other", "other");
    var answer = victim.send(with(victim.signed("GET", "/loot/source", ""), name, value), "");
    assertEquals("content", answer.text());
    assertEquals("content", victim.get("source"));
  }

  /** The fields behind aws-chunked content are checksums that were announced, and nothing else. */
  @Test
  void aBodyCannotBringHeadersInItsTrailer() {
    var hash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    var head =
        victim
            .signer(SigningService.S3)
            .sign(
                victim.head("PUT", "/loot/trailer", "x-amz-decoded-content-length", "4"),
                hash,
                Instant.now());
    var answer = victim.send(head, "4\r\ndata\r\n0\r\nx-amz-meta-a:b\r\n\r\n");
    assertEquals("MalformedTrailerError", answer.code(), answer::toString);
    assertFalse(victim.has("trailer"));
  }

  /** RFC 9110 §6.5.1: fields of a trailer are not merged into the head. */
  @Test
  void noHeaderComesBehindTheBody() {
    var signed =
        victim
            .signer(SigningService.S3)
            .sign(
                victim.head("PUT", "/loot/late", "Transfer-Encoding", "chunked"),
                "UNSIGNED-PAYLOAD",
                Instant.now());
    var text =
        new String(Victim.bytes(signed, ""), StandardCharsets.ISO_8859_1)
            .replace("Content-Length: 0\r\n", "");
    var answer =
        victim
            .conversation(text + "4\r\ndata\r\n0\r\nx-amz-meta-a: b\r\nHost: evil\r\n\r\n")
            .getFirst();
    assertEquals(200, answer.status(), answer::toString);
    assertEquals("data", victim.get("late"));
    assertNull(victim.ask("GET", "/loot/late", "").header("x-amz-meta-a"));
  }
}
