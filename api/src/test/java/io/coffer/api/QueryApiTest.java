package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Signer;
import io.coffer.auth.SigningService;
import io.coffer.checksums.Algorithm;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryApiTest {
  private static final String IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";

  private final TestApi api = new TestApi();

  @AfterEach
  void close() {
    api.close();
  }

  private static String sha256(String body) {
    var digest = Algorithm.SHA256.newDigest();
    digest.update(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.finish());
  }

  private static Signer signer(SigningService service) {
    var key = TestApi.CREDENTIAL;
    return new Signer(key.accessKeyId(), key.secretAccessKey(), TestApi.REGION, service);
  }

  private static RequestHead form(String method, String query, int length) {
    var headers = Headers.builder().add("Host", "localhost:9000");
    if (length > 0) {
      headers
          .add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
          .add("Content-Length", Integer.toString(length));
    }
    return new RequestHead(method, "/", query, headers.build());
  }

  private TestExchange post(SigningService service, String body) {
    var now = api.environment.clock().instant();
    var head = signer(service).sign(form("POST", "", body.length()), sha256(body), now);
    return api.send(head, body);
  }

  private TestExchange unsigned(String body) {
    return api.send(form("POST", "", body.length()), body);
  }

  private static void refused(int status, String code, TestExchange answer) {
    assertEquals(status, answer.status(), answer::text);
    assertTrue(answer.text().contains("<ErrorResponse xmlns=\"https://"), answer::text);
    assertTrue(answer.text().contains("<Code>" + code + "</Code>"), answer::text);
    assertTrue(
        answer.text().contains("<RequestId>" + answer.header("x-amzn-RequestId") + "</RequestId>"));
  }

  @Test
  void rootIsToldWhoItIs() {
    var answer = post(SigningService.STS, IDENTITY);
    assertEquals(200, answer.status(), answer::text);
    assertTrue(
        answer
            .text()
            .contains(
                "<GetCallerIdentityResult><UserId>111111111111</UserId>"
                    + "<Account>111111111111</Account><Arn>arn:aws:iam::111111111111:root</Arn>"
                    + "</GetCallerIdentityResult>"),
        answer::text);
    var entry = api.log.getLast();
    assertEquals("GetCallerIdentity", entry.operation());
    assertEquals("111111111111", entry.accountId());
    assertEquals(IDENTITY.length(), entry.bytesIn());
  }

  @Test
  void aQuestionMayBeInTheQueryEvenPresigned() {
    var now = api.environment.clock().instant();
    var get = form("GET", IDENTITY, 0);
    var signed = signer(SigningService.STS).sign(get, sha256(""), now);
    assertEquals(200, api.send(signed, "").status());
    var headers = Headers.builder();
    get.headers().fields().forEach(f -> headers.add(f.name(), f.value()));
    headers.add("x-amz-content-sha256", sha256(""));
    var withHash = new RequestHead("GET", "/", IDENTITY, headers.build());
    var presigned = signer(SigningService.STS).presign(withHash, Duration.ofMinutes(1), now);
    var answer = api.send(presigned, "");
    assertEquals(200, answer.status(), answer::text);
  }

  @Test
  void aRequestThatTheModelRefusesIsAValidationError() {
    var body = "Action=GetAccessKeyInfo&Version=2011-06-15";
    refused(400, "ValidationError", post(SigningService.STS, body));
    refused(400, "ValidationError", post(SigningService.STS, body + "&AccessKeyId=short"));
  }

  @Test
  void whatIsNotBuiltSaysSo() {
    refused(
        501,
        "NotImplemented",
        post(SigningService.IAM, "Action=GetCredentialReport&Version=2010-05-08"));
    assertEquals("GetCredentialReport", api.log.getLast().operation());
    assertEquals("NotImplemented", api.log.getLast().errorCode());
  }

  @ParameterizedTest
  @CsvSource({
    "'Action=Create&Version=2010-05-08', InvalidAction",
    "'Action=CreateUser', InvalidAction",
    "'Action=CreateUser&Version=2011-06-15', InvalidAction",
    "'Action=GetCallerIdentity&Version=2010-05-08', InvalidAction",
    "'Version=2010-05-08', MissingAction",
    "'x', MissingAction"
  })
  void anActionThatIamLacksIsInvalid(String body, String code) {
    refused(400, code, post(SigningService.IAM, body));
  }

  @Test
  void aSignatureForOneServiceIsNoneForTheOther() {
    refused(400, "InvalidAction", post(SigningService.IAM, IDENTITY));
    var forS3 = post(SigningService.S3, IDENTITY);
    assertEquals(405, forS3.status());
    assertTrue(forS3.text().contains("<Code>MethodNotAllowed</Code>"), forS3::text);
  }

  @Test
  void aListingOfBucketsStaysOneWhateverItsParameters() {
    var listed = api.signed("GET", "/?Action=ListUsers&Version=2010-05-08", "");
    assertEquals(200, listed.status());
    assertTrue(listed.text().contains("ListAllMyBucketsResult"), listed::text);
  }

  @Test
  void whatIsNotSignedIsRefused() {
    refused(403, "MissingAuthenticationToken", unsigned(IDENTITY));
    refused(403, "MissingAuthenticationToken", unsigned("Action=CreateUser&Version=2010-05-08"));
    refused(
        403,
        "MissingAuthenticationToken",
        api.anonymous("GET", "/?Action=ListUsers&Version=2010-05-08", ""));
  }

  @Test
  void aWebIdentityNeedsNoSignature() {
    var body = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15";
    refused(400, "ValidationError", unsigned(body));
    refused(400, "ValidationError", api.anonymous("POST", "/?" + body, ""));
  }

  @Test
  void anotherBodyThanTheSignedOneIsRefused() {
    var now = api.environment.clock().instant();
    var other = IDENTITY.replace("Caller", "caller");
    var head =
        signer(SigningService.STS).sign(form("POST", "", IDENTITY.length()), sha256(IDENTITY), now);
    var answer = api.send(head, other);
    refused(403, "SignatureDoesNotMatch", answer);
    assertFalse(answer.text().contains("StringToSign"), answer::text);
  }

  @Test
  void aStrangerIsRefusedBeforeItsFormIsRead() {
    var stranger = new Signer("AKIDNOBODY", "secret", TestApi.REGION, SigningService.IAM);
    var now = api.environment.clock().instant();
    var head = stranger.sign(form("POST", "", IDENTITY.length()), sha256(IDENTITY), now);
    refused(403, "InvalidClientTokenId", api.send(head, IDENTITY));
    assertEquals(0, api.log.getLast().bytesIn());
  }

  @Test
  void aFormIsAtMostAMebibyteAndLessWhenItIsNotSigned() {
    var large = IDENTITY + "&x=" + "a".repeat(1 << 20);
    refused(413, "RequestEntityTooLarge", post(SigningService.STS, large));
    var medium = IDENTITY + "&x=" + "a".repeat(300 << 10);
    assertEquals(200, post(SigningService.STS, medium).status());
    refused(413, "RequestEntityTooLarge", unsigned(medium));
  }

  @Test
  void badEncodingIsItsOwnError() {
    refused(404, "MalformedQueryString", post(SigningService.STS, IDENTITY + "&x=%zz"));
    refused(404, "MalformedQueryString", post(SigningService.STS, IDENTITY + "&Action=Other"));
  }

  @Test
  void aMalformedSignatureIsIncomplete() {
    var headers =
        Headers.builder()
            .add("Host", "localhost")
            .add(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/iam/aws4_request");
    var head = new RequestHead("POST", "/", "", headers.build());
    refused(400, "IncompleteSignature", api.send(head, IDENTITY));
  }
}
