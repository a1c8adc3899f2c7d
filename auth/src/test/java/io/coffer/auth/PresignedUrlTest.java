package io.coffer.auth;

import static io.coffer.auth.Fixture.EMPTY_SHA256;
import static io.coffer.auth.Fixture.KEY_ID;
import static io.coffer.auth.Fixture.NOW;
import static io.coffer.auth.Fixture.SECRET;
import static io.coffer.auth.Fixture.assertFails;
import static io.coffer.auth.Fixture.assertRoot;
import static io.coffer.auth.Fixture.authenticator;
import static io.coffer.auth.Fixture.head;
import static io.coffer.auth.Fixture.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Presigned URLs: their time, their parameters, and what must be signed. */
class PresignedUrlTest {
  private static final Signer SIGNER = new Signer(KEY_ID, SECRET, "us-east-1");

  private static RequestHead presigned(String requestLine, Duration validity) {
    return SIGNER.presign(head(requestLine, "Host: localhost:9000"), validity, NOW);
  }

  private static RequestHead query(RequestHead head, String query) {
    return new RequestHead(head.method(), head.path(), query, head.headers());
  }

  @Test
  void itHoldsUntilItsLastSecondAndNotAfter() {
    var head = presigned("GET /b/k?versionId=null", Duration.ofHours(1));

    assertRoot(authenticator().authenticate(head));
    assertRoot(authenticator(NOW.plusSeconds(3_599), SigningHosts.none()).authenticate(head));
    var now = NOW.plusSeconds(3_600);
    var thrown =
        assertFails(
            S3Error.ACCESS_DENIED,
            () -> authenticator(now, SigningHosts.none()).authenticate(head));
    assertEquals("Request has expired", thrown.getMessage());
    assertEquals(
        Map.of(
            "X-Amz-Expires",
            "3600",
            "Expires",
            "2013-05-24T01:00:00Z",
            "ServerTime",
            "2013-05-24T01:00:00Z"),
        thrown.fields());
  }

  @Test
  void itHoldsForSevenDaysAtMost() {
    assertRoot(authenticator().authenticate(presigned("GET /b/k", Duration.ofSeconds(604_800))));
    assertRoot(authenticator().authenticate(presigned("GET /b/k", Duration.ofSeconds(1))));
    for (long seconds : new long[] {604_801, 0, -1, Long.MAX_VALUE / 1_000_000_000}) {
      assertFails(
          S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
          () -> authenticator().authenticate(presigned("GET /b/k", Duration.ofSeconds(seconds))));
    }
    var head = presigned("GET /b/k", Duration.ofHours(1));
    for (var expires : List.of("", "abc", "1e3", "99999999999999999999", "3600s")) {
      assertFails(
          S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
          () ->
              authenticator()
                  .authenticate(
                      query(head, head.query().replace("Expires=3600", "Expires=" + expires))));
    }
  }

  @Test
  void oneFromTheFutureIsRefused() {
    var head = presigned("GET /b/k", Duration.ofHours(1));

    assertRoot(authenticator(NOW.minusSeconds(900), SigningHosts.none()).authenticate(head));
    assertFails(
        S3Error.ACCESS_DENIED,
        () -> authenticator(NOW.minusSeconds(901), SigningHosts.none()).authenticate(head));
  }

  @Test
  void everyParameterIsNeededOnceAndWellFormed() {
    var head = presigned("GET /b/k", Duration.ofHours(1));
    for (var parameter : head.query().split("&")) {
      var without = head.query().replace(parameter, "x=1");
      assertFails(
          S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
          () -> authenticator().authenticate(query(head, without)));
      assertFails(
          S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
          () -> authenticator().authenticate(query(head, head.query() + "&" + parameter)));
    }
    for (var change :
        List.of(
            "HMAC-SHA256>ECDSA-P256-SHA256",
            "aws4_request>aws4",
            "%2Fs3%2F>%2Fsqs%2F",
            "us-east-1>us-west-2",
            "%2F20130524>%2F20130525",
            "T000000Z>T000000",
            "SignedHeaders=host>SignedHeaders=host%3B",
            "SignedHeaders=host>SignedHeaders=%GG")) {
      var parts = change.split(">");
      assertFails(
          S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
          () ->
              authenticator().authenticate(query(head, head.query().replace(parts[0], parts[1]))));
    }
  }

  @Test
  void anyChangeOfItIsRefused() {
    var head = presigned("GET /b/k?response-content-type=text%2Fplain", Duration.ofHours(1));

    for (var changed :
        List.of(
            query(head, head.query().replace("text", "html")),
            query(head, head.query().replace("Expires=3600", "Expires=7200")),
            query(head, head.query() + "&versionId=1"),
            query(head, head.query().replace("Signature=", "Signature=0")),
            new RequestHead("PUT", head.path(), head.query(), head.headers()),
            new RequestHead("GET", "/b/k2", head.query(), head.headers()),
            with(head, "Host", "localhost:9001"))) {
      assertFails(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> authenticator().authenticate(changed));
    }
  }

  @Test
  void amzHeadersThatItDidNotSignAreRefused() {
    var head = with(presigned("PUT /b/k", Duration.ofHours(1)), "x-amz-acl", "public-read");

    assertEquals(
        Map.of("HeadersNotSigned", "x-amz-acl"),
        assertFails(S3Error.ACCESS_DENIED, () -> authenticator().authenticate(head)).fields());
    // The content type is no such header: whoever uploads may choose it.
    assertRoot(
        authenticator()
            .authenticate(with(presigned("PUT /b/k", Duration.ofHours(1)), "Content-Type", "a/b")));
  }

  @Test
  void itMayFixTheHashOfTheBody() {
    var parameters =
        List.of(
            new TestSigner.Parameter("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            new TestSigner.Parameter("X-Amz-Content-Sha256", EMPTY_SHA256),
            new TestSigner.Parameter("X-Amz-Credential", KEY_ID + "/" + TestSigner.SCOPE),
            new TestSigner.Parameter("X-Amz-Date", TestSigner.TIME),
            new TestSigner.Parameter("X-Amz-Expires", "60"),
            new TestSigner.Parameter("X-Amz-SignedHeaders", "host"));
    var signature =
        TestSigner.signature("PUT", "/b/k", parameters, Map.of("host", List.of("h")), EMPTY_SHA256);
    var query = new StringBuilder("X-Amz-Signature=" + signature);
    parameters.forEach(p -> query.append("&" + p.name() + "=" + TestSigner.escape(p.value())));

    var authentication = authenticator().authenticate(head("PUT /b/k?" + query, "Host: h"));
    assertRoot(authentication);
    assertEquals(new Payload.Exact(EMPTY_SHA256), authentication.payload());
  }

  @Test
  void aSessionTokenBesideAPermanentKeyIsRefused() {
    var head = presigned("GET /b/k?X-Amz-Security-Token=abc", Duration.ofHours(1));

    assertFails(S3Error.INVALID_TOKEN, () -> authenticator().authenticate(head));
  }
}
