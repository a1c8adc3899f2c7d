package io.coffer.conformance.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.DAYS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.SigningService;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody has seen a signed request and sends it again, changed: to read or delete what its signer
 * never asked for. Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version
 * 4)"; for the older signature, Amazon S3 User Guide, "Signing and authenticating REST requests".
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureReuseTest {
  private static final String MISMATCH = "SignatureDoesNotMatch";
  private static final String SECRET = "what nobody else may read";

  private Victim victim;

  @BeforeAll
  void start() {
    victim = Victim.inMemory();
    victim.put("seen", "public");
    victim.put("secret", SECRET);
  }

  @AfterAll
  void stop() {
    victim.close();
  }

  private static RequestHead with(
      RequestHead head, String method, String path, String query, Map<String, String> changed) {
    var headers = Headers.builder();
    for (var field : head.headers().fields()) {
      var value = changed.getOrDefault(field.name(), field.value());
      if (!value.isEmpty()) {
        headers.add(field.name(), value);
      }
    }
    return new RequestHead(method, path, query, headers.build());
  }

  private void refused(String code, RequestHead head, String body) {
    var answer = victim.send(head, body);
    assertEquals(code, answer.code(), answer::toString);
    assertFalse(answer.text().contains(SECRET));
  }

  /** The control. */
  @Test
  void theRequestThatWasSignedIsAnsweredAgain() {
    var head = victim.signed("GET", "/loot/seen", "");
    assertEquals("public", victim.send(head, "").text());
    assertEquals("public", victim.send(head, "").text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE"})
  void anotherMethodNeedsAnotherSignature(String method) {
    var seen = victim.signed("GET", "/loot/seen", "");
    refused(MISMATCH, with(seen, method, seen.path(), "", Map.of()), "");
    assertEquals("public", victim.get("seen"));
  }

  @ParameterizedTest
  @CsvSource({
    "/loot/secret,",
    "/loot/seen/../secret,",
    "/loot//seen,",
    "/loot/,",
    "/loot/seen, acl",
    "/loot/seen, versionId=null",
    "/loot/seen, response-content-type=text/html",
    "/loot/seen, x-id=GetObject",
    "/loot, location"
  })
  void anotherResourceNeedsAnotherSignature(String path, String query) {
    var seen = victim.signed("GET", "/loot/seen", "");
    refused(MISMATCH, with(seen, "GET", path, query == null ? "" : query, Map.of()), "");
  }

  @Test
  void aQueryThatIsReadAsTheSignedOneIsNoOther() {
    var seen = victim.signed("GET", "/loot/seen", "", "x-amz-meta-a", "b");
    assertEquals("public", victim.send(with(seen, "GET", "/loot/%73een", "", Map.of()), "").text());
    refused(MISMATCH, with(seen, "GET", "/loot/%2573een", "", Map.of()), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example.com", "127.0.0.1", "127.0.0.1:80"})
  void anotherHostNeedsAnotherSignature(String host) {
    var seen = victim.signed("GET", "/loot/seen", "");
    refused(MISMATCH, with(seen, "GET", seen.path(), "", Map.of("Host", host)), "");
  }

  /** Only proxies that the operator trusts may say what the host was. */
  @Test
  void nobodyElsesForwardedHostCounts() {
    var seen = victim.signed("GET", "/loot/seen", "");
    var headers = Headers.builder();
    seen.headers()
        .fields()
        .forEach(f -> headers.add(f.name(), f.name().equals("Host") ? "evil.example" : f.value()));
    headers.add("X-Forwarded-Host", victim.host());
    refused(MISMATCH, new RequestHead("GET", seen.path(), "", headers.build()), "");
  }

  @Test
  void aSignedHeaderCannotBeChangedOrTakenAway() {
    var copy = victim.signed("PUT", "/loot/copy", "", "x-amz-copy-source", "/loot/seen");
    var changed = Map.of("x-amz-copy-source", "/loot/secret");
    refused(MISMATCH, with(copy, "PUT", "/loot/copy", "", changed), "");
    refused(MISMATCH, with(copy, "PUT", "/loot/copy", "", Map.of("x-amz-copy-source", "")), "");
    assertFalse(victim.has("copy"));
  }

  @Test
  void theListOfSignedHeadersIsSignedItself() {
    var seen = victim.signed("PUT", "/loot/list", "", "x-amz-acl", "private");
    var authorization = seen.headers().first("Authorization");
    var shorter = String.valueOf(authorization).replace("x-amz-acl;", "");
    var changed = Map.of("Authorization", shorter, "x-amz-acl", "");
    refused(MISMATCH, with(seen, "PUT", "/loot/list", "", changed), "");
    assertFalse(victim.has("list"));
  }

  @Test
  void anotherBodyIsNotStored() {
    var seen = victim.signed("PUT", "/loot/body", "good");
    refused("XAmzContentSHA256Mismatch", seen, "evil");
    var unsigned = Map.of("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    refused(MISMATCH, with(seen, "PUT", "/loot/body", "", unsigned), "evil");
    var other = Map.of("x-amz-content-sha256", Victim.sha256("evil"));
    refused(MISMATCH, with(seen, "PUT", "/loot/body", "", other), "evil");
    assertFalse(victim.has("body"));
  }

  @Test
  void aSignatureHoldsForAQuarterOfAnHour() {
    var head = victim.head("GET", "/loot/seen");
    var signer = victim.signer(SigningService.S3);
    for (var minutes : List.of(-16, 16)) {
      var time = Instant.now().plus(Duration.ofMinutes(minutes));
      refused("RequestTimeTooSkewed", signer.sign(head, Victim.sha256(""), time), "");
    }
    var now = Instant.now();
    var earlier = now.minus(Duration.ofHours(1));
    boolean wasToday = earlier.truncatedTo(DAYS).equals(now.truncatedTo(DAYS));
    var other = wasToday ? earlier : now.plus(Duration.ofHours(1)); // the date is signed as well
    var old = signer.sign(head, Victim.sha256(""), other);
    var fresh = signer.sign(head, Victim.sha256(""), now).headers().first("x-amz-date");
    var renewed = with(old, "GET", old.path(), "", Map.of("x-amz-date", String.valueOf(fresh)));
    assertEquals(403, victim.send(renewed, "").status());
  }

  @Test
  void aSignatureForIamOrStsIsNoneForS3() {
    for (var service : List.of(SigningService.IAM, SigningService.STS)) {
      var head =
          victim
              .signer(service)
              .sign(victim.head("GET", "/loot/seen"), Victim.sha256(""), Instant.now());
      refused("AuthorizationHeaderMalformed", head, "");
    }
  }

  @Test
  void aSignatureForS3IsNoneForSts() {
    var form = "Action=GetCallerIdentity&Version=2011-06-15";
    var head =
        victim.signed("POST", "/", form, "Content-Type", "application/x-www-form-urlencoded");
    var answer = victim.send(head, form);
    assertTrue(answer.status() >= 400 && answer.status() < 500, answer::toString);
    assertFalse(answer.text().contains("<Arn>"), answer::toString);
  }

  /** A chunk's signature builds on that of its request. */
  @Test
  void aSignedChunkOfAnotherRequestIsNotStored() {
    var streaming = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    var signer = victim.signer(SigningService.S3);
    var head = victim.head("PUT", "/loot/chunked", "x-amz-decoded-content-length", "4");
    var signed = signer.sign(head, streaming, Instant.now());
    var foreign = "f".repeat(64);
    var body = "4;chunk-signature=" + foreign + "\r\nevil\r\n0;chunk-signature=" + foreign;
    refused(MISMATCH, signed, body + "\r\n\r\n");
    refused("InvalidRequest", signed, "4\r\nevil\r\n0\r\n\r\n");
    assertFalse(victim.has("chunked"));
  }

  private RequestHead oldSignature(String method, String path, String subResource) {
    var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    var toSign = method + "\n\n\n" + date + "\n" + path + subResource;
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(victim.secretAccessKey().getBytes(UTF_8), "HmacSHA1"));
      var signature = Base64.getEncoder().encodeToString(mac.doFinal(toSign.getBytes(UTF_8)));
      var authorization = "AWS " + victim.accessKeyId() + ":" + signature;
      return victim.head(method, path + subResource, "Date", date, "Authorization", authorization);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The control. */
  @Test
  void theOlderSignatureIsAnswered() {
    assertEquals("public", victim.send(oldSignature("GET", "/loot/seen", ""), "").text());
    var version = oldSignature("GET", "/loot/seen", "?versionId=null");
    assertEquals("public", victim.send(version, "").text());
  }

  /** What the older signature does not cover must not choose what is done. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "acl",
        "%61cl",
        "versionId=null",
        "%76ersionId=null",
        "attributes",
        "legal-hold",
        "retention",
        "object-lock",
        "torrent"
      })
  void aSubResourceNeedsAnotherSignatureOfTheOlderKindToo(String query) {
    var seen = oldSignature("GET", "/loot/seen", "");
    refused(MISMATCH, with(seen, "GET", seen.path(), query, Map.of()), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"encryption", "publicAccessBlock", "ownershipControls", "replication"})
  void aSignatureThatDeletesABucketDeletesNothingOfIt(String subResource) {
    var seen = oldSignature("DELETE", "/loot", "");
    refused(MISMATCH, with(seen, "DELETE", "/loot", subResource, Map.of()), "");
  }

  /** Of two parameters of one name the server takes the first: so must the signature. */
  @Test
  void aParameterBeforeTheSignedOneOfItsNameIsSeen() {
    var seen = oldSignature("GET", "/loot/seen", "?versionId=null");
    var changed = with(seen, "GET", seen.path(), "versionId=0&versionId=null", Map.of());
    refused(MISMATCH, changed, "");
  }

  /**
   * That signature covers no host, but the bucket in it. A path whose first part is taken for a
   * host's would lead to another bucket.
   */
  @Test
  void aBucketOfTheOlderSignatureIsNotMovedIntoTheHost() {
    assertEquals(200, victim.ask("PUT", "/other", "").status());
    assertEquals(200, victim.ask("PUT", "/other/key", SECRET).status());
    victim.put("other/key", "public");
    var seen = oldSignature("GET", "/loot/other/key", "");
    assertEquals("public", victim.send(seen, "").text());
    var moved = with(seen, "GET", "/other/key", "", Map.of("Host", "loot.example.com"));
    refused(MISMATCH, moved, "");
  }
}
