package io.coffer.auth;

import static io.coffer.auth.Fixture.EMPTY_SHA256;
import static io.coffer.auth.Fixture.NOW;
import static io.coffer.auth.Fixture.assertFails;
import static io.coffer.auth.Fixture.head;
import static io.coffer.auth.Fixture.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The temporary credentials of a session, wherever its token may come. */
class SessionCredentialsTest {
  private static final String KEY_ID = "ASIASESSIONKEY000001";
  private static final String SECRET = "temporary+secret";
  private static final String TOKEN = "token/+=";
  private static final Instant END = NOW.plusSeconds(900);
  private static final Session SESSION =
      new Session(
          KEY_ID,
          Fixture.ACCOUNT,
          new Session.OfRole("/", "builder", "AROAEXAMPLE", "nightly"),
          NOW,
          END,
          List.of(),
          List.of(),
          Map.of(),
          Set.of(),
          null,
          null);

  /** Knows one session beside the permanent key of the fixture. */
  private static final Credentials CREDENTIALS =
      new Credentials() {
        @Override
        public @Nullable Credential find(String accessKeyId) {
          return Fixture.find(accessKeyId);
        }

        @Override
        public @Nullable Credential ofSession(String accessKeyId, String token) {
          return accessKeyId.equals(KEY_ID) && token.equals(TOKEN)
              ? new Credential(KEY_ID, SECRET, new Caller.InSession(SESSION))
              : null;
        }
      };

  private static Authenticator authenticator(Instant now) {
    return new Authenticator(CREDENTIALS, Fixture.REGION, () -> now, SigningHosts.none());
  }

  private static RequestHead signed(String keyId, @Nullable String token) {
    var bare = with(head("GET /b/k", "Host: localhost"), "x-amz-security-token", token);
    return new Signer(keyId, SECRET, Fixture.REGION).sign(bare, EMPTY_SHA256, NOW);
  }

  private static void assertSession(Caller caller) {
    assertEquals(new Caller.InSession(SESSION), caller);
  }

  @Test
  void aTokenInASignedHeaderIsBelieved() {
    assertSession(authenticator(NOW).authenticate(signed(KEY_ID, TOKEN)).caller());
  }

  @Test
  void aSessionEndsWithItsLastInstant() {
    var head = signed(KEY_ID, TOKEN);
    assertSession(authenticator(END.minusMillis(1)).authenticate(head).caller());
    var thrown = assertFails(S3Error.EXPIRED_TOKEN, () -> authenticator(END).authenticate(head));
    assertEquals(TOKEN, thrown.fields().get("Token-0"));
  }

  @Test
  void aTokenIsForItsKeyAlone() {
    assertFails(
        S3Error.INVALID_TOKEN,
        () -> authenticator(NOW).authenticate(signed(Fixture.KEY_ID, TOKEN)));
    assertFails(
        S3Error.INVALID_TOKEN, () -> authenticator(NOW).authenticate(signed(KEY_ID, "other")));
  }

  @Test
  void aTemporaryKeyWithoutItsTokenIsNone() {
    for (var token : new String[] {null, ""}) {
      assertFails(
          S3Error.INVALID_ACCESS_KEY_ID,
          () -> authenticator(NOW).authenticate(signed(KEY_ID, token)));
    }
  }

  @Test
  void aTokenWithoutTheSecretIsOfNoUse() {
    var bare = with(head("GET /b/k", "Host: localhost"), "x-amz-security-token", TOKEN);
    var forged = new Signer(KEY_ID, "guess", Fixture.REGION).sign(bare, EMPTY_SHA256, NOW);
    assertFails(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> authenticator(NOW).authenticate(forged));
  }

  @Test
  void aTokenThatIsNotSignedIsRefused() {
    var added = with(signed(KEY_ID, null), "x-amz-security-token", TOKEN);
    assertFails(S3Error.ACCESS_DENIED, () -> authenticator(NOW).authenticate(added));
  }

  @Test
  void aPresignedUrlBringsItsTokenInTheQueryAndEndsWithTheSession() {
    var bare = head("GET /b/k?X-Amz-Security-Token=token%2F%2B%3D", "Host: localhost");
    var head = new Signer(KEY_ID, SECRET, Fixture.REGION).presign(bare, Duration.ofDays(1), NOW);
    assertSession(authenticator(NOW).authenticate(head).caller());
    assertFails(S3Error.EXPIRED_TOKEN, () -> authenticator(END).authenticate(head));
    var other = with(head, "x-amz-security-token", "other");
    assertFails(S3Error.INVALID_TOKEN, () -> authenticator(NOW).authenticate(other));
  }

  @Test
  void formsOfIamAndStsAreSignedInSessionsToo() throws IOException {
    var bare = with(head("POST /", "Host: localhost"), "x-amz-security-token", TOKEN);
    var head =
        new Signer(KEY_ID, SECRET, Fixture.REGION, SigningService.STS)
            .sign(bare, EMPTY_SHA256, NOW);
    assertSession(
        authenticator(NOW).authenticateQuery(head, false, SigningService.STS, () -> EMPTY_SHA256));
    assertFails(
        S3Error.EXPIRED_TOKEN,
        () ->
            authenticator(END)
                .authenticateQuery(head, false, SigningService.STS, () -> EMPTY_SHA256));
  }

  @Test
  void aBrowsersFormBringsItsTokenInAField() {
    var conditions =
        "{\"expiration\": \"2013-05-25T00:00:00Z\", \"conditions\": [{\"bucket\": \"b\"},"
            + " {\"key\": \"k\"}, [\"starts-with\", \"$x-amz-security-token\", \"\"]]}";
    var policy = Base64.getEncoder().encodeToString(TestSigner.utf8(conditions));
    var mac = TestSigner.hmac("HmacSHA1", TestSigner.utf8(SECRET), TestSigner.utf8(policy));
    var fields = new HashMap<String, String>();
    fields.put("key", "k");
    fields.put("awsaccesskeyid", KEY_ID);
    fields.put("policy", policy);
    fields.put("signature", Base64.getEncoder().encodeToString(mac));
    fields.put("x-amz-security-token", TOKEN);
    var forms = new PostPolicy(CREDENTIALS, Fixture.REGION, () -> NOW);
    assertSession(forms.authorize("b", fields).caller());
    fields.put("x-amz-security-token", "other");
    assertFails(S3Error.INVALID_TOKEN, () -> forms.authorize("b", fields));
  }

  @Test
  void theOldSignatureCoversTheTokenAsAnyHeader() {
    var date = "Fri, 24 May 2013 00:00:00 +0000";
    var text = "GET\n\n\n" + date + "\nx-amz-security-token:" + TOKEN + "\n/b/k";
    var mac = TestSigner.hmac("HmacSHA1", TestSigner.utf8(SECRET), TestSigner.utf8(text));
    var signature = Base64.getEncoder().encodeToString(mac);
    var head =
        head(
            "GET /b/k",
            "Host: localhost",
            "Date: " + date,
            "x-amz-security-token: " + TOKEN,
            "Authorization: AWS " + KEY_ID + ":" + signature);
    assertSession(authenticator(NOW).authenticate(head).caller());
  }
}
