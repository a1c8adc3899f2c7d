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
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is refused, with AWS's codes, messages and fields. */
class AuthenticatorTest {
  private static final RequestHead BARE = head("GET /bucket/key?tagging", "Host: localhost:9000");

  private static RequestHead signed() {
    return new Signer(KEY_ID, SECRET, "us-east-1").sign(BARE, EMPTY_SHA256, NOW);
  }

  private static String authorization() {
    return signed().headers().all("Authorization").getFirst();
  }

  private static RequestHead authorized(String authorization) {
    return with(signed(), "Authorization", authorization);
  }

  @Test
  void aRequestWithoutSignatureIsAnonymous() {
    var authentication = authenticator().authenticate(BARE);

    assertEquals(new Caller.Anonymous(), authentication.caller());
    assertEquals(new Payload.Unsigned(), authentication.payload());
    assertEquals(
        new Caller.Anonymous(),
        authenticator().authenticate(with(BARE, "Authorization", "")).caller());
  }

  @Test
  void theHeadersPartsMayComeInAnyOrderAndWithAnyBlanks() {
    assertRoot(authenticator().authenticate(signed()));
    assertRoot(authenticator().authenticate(authorized(authorization().replace(", ", ","))));
    var parts = authorization().substring("AWS4-HMAC-SHA256 ".length()).split(", ");
    assertRoot(
        authenticator()
            .authenticate(
                authorized(
                    "AWS4-HMAC-SHA256   "
                        + String.join(" ,  ", parts[2], parts[0], parts[1])
                        + " ")));
  }

  @Test
  void malformedHeadersAreRefused() {
    var parts = authorization().substring("AWS4-HMAC-SHA256 ".length()).split(", ");
    for (var broken :
        List.of(
            "AWS4-HMAC-SHA256",
            "AWS4-HMAC-SHA256 ",
            "AWS4-HMAC-SHA256 " + parts[0],
            "AWS4-HMAC-SHA256 " + parts[0] + "," + parts[1],
            "AWS4-HMAC-SHA256 " + parts[0] + "," + parts[2],
            "AWS4-HMAC-SHA256 " + parts[1] + "," + parts[2],
            authorization() + "," + parts[0],
            authorization() + ",X=1",
            authorization() + ",",
            authorization().replace(" Signature=", " Signature:"),
            authorization().replace("/aws4_request", ""),
            authorization().replace("/aws4_request", "/aws4"),
            authorization().replace("/s3/", "/iam/"),
            authorization().replace("/20130524/", "/20130523/"),
            authorization().replace("host;", "host;;"),
            authorization().replace("host;", "host;host;"))) {
      assertFails(
          S3Error.AUTHORIZATION_HEADER_MALFORMED,
          () -> authenticator().authenticate(authorized(broken)));
    }
    var twice = Headers.builder().add("Host", "localhost:9000");
    twice.add("Authorization", authorization()).add("Authorization", authorization());
    assertFails(
        S3Error.AUTHORIZATION_HEADER_MALFORMED,
        () -> authenticator().authenticate(new RequestHead("GET", "/", "", twice.build())));
  }

  @Test
  void anotherRegionIsNamed() {
    var head = new Signer(KEY_ID, SECRET, "eu-west-1").sign(BARE, EMPTY_SHA256, NOW);

    var thrown =
        assertFails(
            S3Error.AUTHORIZATION_HEADER_MALFORMED, () -> authenticator().authenticate(head));
    assertEquals(
        "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting"
            + " 'us-east-1'",
        thrown.getMessage());
    assertEquals(Map.of("Region", "us-east-1"), thrown.fields());
  }

  @Test
  void otherMechanismsAreRefused() {
    assertFails(
        S3Error.INVALID_REQUEST,
        () ->
            authenticator()
                .authenticate(
                    head(
                        "GET /b/k?AWSAccessKeyId=" + KEY_ID + "&Expires=1&Signature=abc",
                        "Host: h")));
    assertFails(
        S3Error.INVALID_REQUEST,
        () -> authenticator().authenticate(authorized("AWS4-ECDSA-P256-SHA256 Credential=x")));
    assertFails(
        S3Error.INVALID_ARGUMENT, () -> authenticator().authenticate(authorized("Bearer x")));
    assertFails(
        S3Error.INVALID_ARGUMENT, () -> authenticator().authenticate(authorized("AWS HAHAHA")));
  }

  @Test
  void twoMechanismsAtOnceAreRefused() {
    var head = signed();
    for (var query : List.of("X-Amz-Algorithm=AWS4-HMAC-SHA256", "Signature=x")) {
      var both = new RequestHead("GET", head.path(), query, head.headers());
      var thrown = assertFails(S3Error.INVALID_ARGUMENT, () -> authenticator().authenticate(both));
      assertTrue(
          String.valueOf(thrown.getMessage())
              .startsWith("Only one auth mechanism allowed; only the"));
    }
  }

  @Test
  void theDateMustBeThereAndMakeSense() {
    for (var value : new String[] {null, "", "yesterday", "20130524T000000", "20130524T006000Z"}) {
      assertFails(
          S3Error.ACCESS_DENIED,
          () -> authenticator().authenticate(with(signed(), "x-amz-date", value)));
    }
  }

  @Test
  void aDateHeaderWillDo() {
    for (var date : List.of("Fri, 24 May 2013 00:00:00 GMT", "20130524T000000Z")) {
      var headers = Map.of("host", List.of("h"), "date", List.of(date));
      var all = new HashMap<>(headers);
      all.put("x-amz-content-sha256", List.of(EMPTY_SHA256));
      var authorization = TestSigner.authorization("GET", "/", List.of(), all, EMPTY_SHA256);
      assertRoot(
          authenticator()
              .authenticate(
                  head(
                      "GET /",
                      "Host: h",
                      "Date: " + date,
                      "x-amz-content-sha256: " + EMPTY_SHA256,
                      "Authorization: " + authorization)));
    }
  }

  @Test
  void fifteenMinutesOfSkewAreAllowedAndNoMore() {
    for (long seconds : new long[] {-900, -899, 0, 900}) {
      var now = NOW.plusSeconds(seconds);
      assertRoot(authenticator(now, SigningHosts.none()).authenticate(signed()));
    }
    for (long seconds : new long[] {-901, 901, 86_400}) {
      var now = NOW.plusSeconds(seconds);
      var thrown =
          assertFails(
              S3Error.REQUEST_TIME_TOO_SKEWED,
              () -> authenticator(now, SigningHosts.none()).authenticate(signed()));
      assertEquals(
          Map.of(
              "RequestTime",
              "20130524T000000Z",
              "ServerTime",
              now.toString(),
              "MaxAllowedSkewMilliseconds",
              "900000"),
          thrown.fields());
    }
  }

  @Test
  void anUnknownKeyIsNamed() {
    var head = new Signer("AKIDUNKNOWN", SECRET, "us-east-1").sign(BARE, EMPTY_SHA256, NOW);

    var thrown =
        assertFails(S3Error.INVALID_ACCESS_KEY_ID, () -> authenticator().authenticate(head));
    assertEquals(Map.of("AWSAccessKeyId", "AKIDUNKNOWN"), thrown.fields());
  }

  @Test
  void anotherSecretDoesNotMatch() {
    var head = new Signer(KEY_ID, SECRET + "x", "us-east-1").sign(BARE, EMPTY_SHA256, NOW);

    assertFails(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> authenticator().authenticate(head));
  }

  @Test
  void hostAndAmzHeadersMustBeSigned() {
    var added = with(with(signed(), "x-amz-acl", "public-read"), "X-Amz-Meta-A", "1");
    var thrown = assertFails(S3Error.ACCESS_DENIED, () -> authenticator().authenticate(added));
    assertEquals(
        "There were headers present in the request which were not signed", thrown.getMessage());
    assertEquals(Map.of("HeadersNotSigned", "x-amz-acl, x-amz-meta-a"), thrown.fields());

    var withoutHost = authorized(authorization().replace("SignedHeaders=host;", "SignedHeaders="));
    assertEquals(
        Map.of("HeadersNotSigned", "host"),
        assertFails(S3Error.ACCESS_DENIED, () -> authenticator().authenticate(withoutHost))
            .fields());
  }

  @Test
  void theHashOfTheBodyMustBeAnnounced() {
    var head = with(signed(), "x-amz-content-sha256", null);

    var thrown = assertFails(S3Error.INVALID_REQUEST, () -> authenticator().authenticate(head));
    assertEquals(
        "Missing required header for this request: x-amz-content-sha256", thrown.getMessage());
  }

  @Test
  void aSessionTokenBesideAPermanentKeyIsRefused() {
    var head = with(BARE, "x-amz-security-token", "FwoG");
    var signed = new Signer(KEY_ID, SECRET, "us-east-1").sign(head, EMPTY_SHA256, NOW);

    assertFails(S3Error.INVALID_TOKEN, () -> authenticator().authenticate(signed));
  }

  @Test
  void signingKeysAreKeptPerSecretAndBounded() {
    var keys = new SigningKeys();
    var first =
        keys.get(new Credential("A", "s1", Fixture.ACCOUNT), "20130524", "r", SigningService.S3);

    assertEquals(
        first,
        keys.get(new Credential("A", "s1", Fixture.ACCOUNT), "20130524", "r", SigningService.S3));
    var other =
        keys.get(new Credential("A", "s2", Fixture.ACCOUNT), "20130524", "r", SigningService.S3);
    assertTrue(!first.sign("x").equals(other.sign("x")));
    for (int i = 0; i < 10_000; i++) {
      keys.get(new Credential("A", "s" + i, Fixture.ACCOUNT), "20130524", "r", SigningService.S3);
    }
    assertTrue(keys.size() <= 4_096);
  }
}
