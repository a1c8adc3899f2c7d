package io.coffer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.CommonError;
import io.coffer.model.Headers;
import io.coffer.model.QueryException;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryAuthenticatorTest {
  private static final String BODY = "Action=ListUsers&Version=2010-05-08";
  private static final String BODY_SHA256 =
      TestSigner.sha256(BODY.getBytes(StandardCharsets.UTF_8));

  private static RequestHead post() {
    return Fixture.head(
        "POST /", "Host: localhost:9000", "Content-Type: application/x-www-form-urlencoded");
  }

  private static Signer signer(String region, SigningService service) {
    return new Signer(Fixture.KEY_ID, Fixture.SECRET, region, service);
  }

  private static RequestHead signed() {
    return signer(Fixture.REGION, SigningService.IAM).sign(post(), BODY_SHA256, Fixture.NOW);
  }

  private static Caller authenticate(RequestHead head, SigningService service) throws IOException {
    return Fixture.authenticator().authenticateQuery(head, false, service, () -> BODY_SHA256);
  }

  private static String refused(CommonError error, RequestHead head) {
    var thrown = assertThrows(QueryException.class, () -> authenticate(head, SigningService.IAM));
    assertEquals(error, thrown.error(), thrown::getMessage);
    return String.valueOf(thrown.getMessage());
  }

  /** The example of AWS's documentation and of its test suite, which has no hash in a header. */
  @Test
  void awsOwnExampleOfListUsersIsVerified() throws IOException {
    var account = Fixture.ACCOUNT;
    var secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    var authenticator =
        new Authenticator(
            id -> new Credential(id, secret, account),
            "us-east-1",
            () -> Instant.parse("2015-08-30T12:36:00Z"),
            SigningHosts.none());
    var head =
        Fixture.head(
            "GET /?Action=ListUsers&Version=2010-05-08",
            "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
            "Host: iam.amazonaws.com",
            "X-Amz-Date: 20150830T123600Z",
            "Authorization: AWS4-HMAC-SHA256"
                + " Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date,"
                + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    assertEquals(SigningService.IAM, SigningService.announced(head));
    assertEquals(
        new Caller.Root(account, "AKIDEXAMPLE"),
        authenticator.authenticateQuery(
            head, false, SigningService.IAM, () -> Fixture.EMPTY_SHA256));
  }

  @Test
  void anotherBodyThanTheOneThatWasSignedIsRefused() {
    var thrown =
        assertThrows(
            S3Exception.class,
            () ->
                Fixture.authenticator()
                    .authenticateQuery(
                        signed(), false, SigningService.IAM, () -> Fixture.EMPTY_SHA256));
    assertEquals(S3Error.SIGNATURE_DOES_NOT_MATCH, thrown.error());
  }

  @Test
  void aHeaderThatSaysUnsignedDoesNotFreeTheBody() {
    var head =
        signer(Fixture.REGION, SigningService.IAM)
            .sign(post(), Signer.UNSIGNED_PAYLOAD, Fixture.NOW);
    var thrown = assertThrows(S3Exception.class, () -> authenticate(head, SigningService.IAM));
    assertEquals(S3Error.SIGNATURE_DOES_NOT_MATCH, thrown.error());
  }

  @ParameterizedTest
  @CsvSource({"us-east-1", "eu-north-1", "aws-global", "''"})
  void aGlobalServiceIsSignedForTheServersRegionOrAwsOwn(String region) throws IOException {
    var authenticator =
        new Authenticator(Fixture::find, "eu-north-1", () -> Fixture.NOW, SigningHosts.none());
    for (var service : List.of(SigningService.IAM, SigningService.STS)) {
      var head = signer(region, service).sign(post(), BODY_SHA256, Fixture.NOW);
      var caller = authenticator.authenticateQuery(head, false, service, () -> BODY_SHA256);
      assertInstanceOf(Caller.Root.class, caller);
    }
    if (!region.equals("eu-north-1")) {
      var head =
          signer(region, SigningService.S3).sign(post(), Signer.UNSIGNED_PAYLOAD, Fixture.NOW);
      var thrown = assertThrows(S3Exception.class, () -> authenticator.authenticate(head));
      assertEquals(S3Error.AUTHORIZATION_HEADER_MALFORMED, thrown.error());
    }
  }

  @Test
  void aSignatureForAnotherServiceOrRegionIsRefused() {
    var forSts = signer(Fixture.REGION, SigningService.STS).sign(post(), BODY_SHA256, Fixture.NOW);
    assertTrue(refused(CommonError.SIGNATURE_DOES_NOT_MATCH, forSts).contains("'iam'"));
    var elsewhere = signer("eu-west-1", SigningService.IAM).sign(post(), BODY_SHA256, Fixture.NOW);
    assertTrue(refused(CommonError.SIGNATURE_DOES_NOT_MATCH, elsewhere).contains("valid region"));
    var toS3 =
        Fixture.assertFails(
            S3Error.AUTHORIZATION_HEADER_MALFORMED,
            () -> Fixture.authenticator().authenticate(forSts));
    assertTrue(String.valueOf(toS3.getMessage()).contains("incorrect service \"sts\""));
  }

  @Test
  void aTimeOutOfBoundsIsRefusedInTheWordsOfThisProtocol() {
    var signer = signer(Fixture.REGION, SigningService.IAM);
    var early = signer.sign(post(), BODY_SHA256, Fixture.NOW.minus(Duration.ofMinutes(16)));
    assertEquals(
        "Signature expired: 20130523T234400Z is now earlier than 20130523T234500Z"
            + " (20130524T000000Z - 15 min.)",
        refused(CommonError.SIGNATURE_DOES_NOT_MATCH, early));
    var late = signer.sign(post(), BODY_SHA256, Fixture.NOW.plus(Duration.ofMinutes(16)));
    assertEquals(
        "Signature not yet current: 20130524T001600Z is still later than 20130524T001500Z"
            + " (20130524T000000Z + 15 min.)",
        refused(CommonError.SIGNATURE_DOES_NOT_MATCH, late));
    refused(CommonError.INCOMPLETE_SIGNATURE, Fixture.with(signed(), "x-amz-date", null));
  }

  @Test
  void theBodyOfAnUnknownKeyIsNotRead() {
    var head =
        new Signer("AKIDNOBODY", "secret", Fixture.REGION, SigningService.IAM)
            .sign(post(), BODY_SHA256, Fixture.NOW);
    var thrown =
        assertThrows(
            S3Exception.class,
            () ->
                Fixture.authenticator()
                    .authenticateQuery(
                        head,
                        false,
                        SigningService.IAM,
                        () -> {
                          throw new AssertionError("the body was read");
                        }));
    assertEquals(S3Error.INVALID_ACCESS_KEY_ID, thrown.error());
  }

  @Test
  void whatIsNotSignedIsAnonymous() throws IOException {
    assertInstanceOf(Caller.Anonymous.class, authenticate(post(), SigningService.STS));
  }

  @Test
  void aPresignedQuestionIsAnsweredUntilItExpires() throws IOException {
    var get =
        Fixture.head("GET /?Action=GetCallerIdentity&Version=2011-06-15", "Host: localhost:9000");
    var withHash = Fixture.with(get, Payload.HEADER, Fixture.EMPTY_SHA256);
    var head =
        signer(Fixture.REGION, SigningService.STS)
            .presign(withHash, Duration.ofMinutes(1), Fixture.NOW);
    assertEquals(SigningService.STS, SigningService.announced(head));
    assertInstanceOf(
        Caller.Root.class,
        Fixture.authenticator()
            .authenticateQuery(head, false, SigningService.STS, () -> Fixture.EMPTY_SHA256));
    var later = Fixture.authenticator(Fixture.NOW.plusSeconds(60), SigningHosts.none());
    var thrown =
        assertThrows(
            QueryException.class,
            () ->
                later.authenticateQuery(
                    head, false, SigningService.STS, () -> Fixture.EMPTY_SHA256));
    assertEquals(
        "Signature expired: 20130524T000100Z is now earlier than 20130524T000100Z",
        thrown.getMessage());
  }

  @Test
  void aTokenBesideAPermanentKeyIsRefused() {
    var head = Fixture.with(post(), "x-amz-security-token", "token");
    var withToken = signer(Fixture.REGION, SigningService.IAM).sign(head, BODY_SHA256, Fixture.NOW);
    Fixture.assertFails(S3Error.INVALID_TOKEN, () -> authenticate(withToken, SigningService.IAM));
  }

  @Test
  void theOldSignatureIsNotForThisProtocol() {
    refused(
        CommonError.INCOMPLETE_SIGNATURE,
        Fixture.with(post(), "Authorization", "AWS " + Fixture.KEY_ID + ":c2lnbmF0dXJl"));
  }

  @Test
  void whatIsNoCredentialAnnouncesNoService() {
    assertNull(SigningService.announced(post()));
    for (var authorization :
        List.of(
            "AWS key:signature",
            "Bearer x",
            "AWS4-HMAC-SHA256 Credential=",
            "AWS4-HMAC-SHA256 Credential=a/b/c/iam",
            "AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/ec2/aws4_request")) {
      var headers = Headers.builder().add("Authorization", authorization).build();
      assertNull(
          SigningService.announced(new RequestHead("POST", "/", "", headers)), authorization);
    }
  }
}
