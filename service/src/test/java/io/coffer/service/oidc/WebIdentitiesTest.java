package io.coffer.service.oidc;

import static io.coffer.service.oidc.TestProvider.EC;
import static io.coffer.service.oidc.TestProvider.NEXT;
import static io.coffer.service.oidc.TestProvider.NOW;
import static io.coffer.service.oidc.TestProvider.RSA;
import static io.coffer.service.oidc.TestProvider.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.coffer.model.QueryException;
import io.coffer.model.sts.StsError;
import io.coffer.service.Subjects;
import io.coffer.service.TestSubjects;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.OidcProvider;
import io.coffer.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebIdentitiesTest {
  private static final String ACCOUNT = "111111111111";

  private final TestProvider provider = new TestProvider();
  private final Subjects subjects = TestSubjects.over(MemoryStorage.create());
  private Instant now = NOW;
  private final WebIdentities identities =
      new WebIdentities(
          subjects.entities(),
          new ProviderKeys(new HttpDocuments(new OutboundRules(true)), () -> now));

  WebIdentitiesTest() throws IOException {
    register(provider.issuer());
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private void register(String url) {
    var registered =
        new OidcProvider(
            ACCOUNT,
            url.substring(url.indexOf("://") + 3),
            url,
            NOW,
            List.of("app", "other"),
            List.of(),
            Map.of());
    subjects
        .entities()
        .edit(
            edit -> {
              edit.create(Kind.OIDC_PROVIDER, registered);
              return registered;
            });
  }

  private WebIdentity verify(String token) {
    return identities.verify(ACCOUNT, token, now);
  }

  private String refused(StsError error, String token) {
    var thrown = assertThrows(QueryException.class, () -> verify(token));
    assertEquals(error, thrown.error(), thrown::getMessage);
    return String.valueOf(thrown.getMessage());
  }

  private String invalid(String token) {
    return refused(StsError.INVALID_IDENTITY_TOKEN, token);
  }

  private String invalid(JWTClaimsSet.Builder claims) {
    return invalid(token(claims));
  }

  @Test
  void aGoodTokenSaysWhoItIs() {
    var identity = verify(token(provider.claims().claim("amr", List.of("pwd", "otp"))));
    assertEquals("alice", identity.subject());
    assertEquals("app", identity.audience());
    assertEquals(provider.issuer(), identity.issuer());
    var values = identity.conditionValues();
    assertEquals(List.of("alice"), values.get(provider.name() + ":sub"));
    assertEquals(List.of("app"), values.get(provider.name() + ":aud"));
    assertEquals(List.of("pwd", "otp"), values.get(provider.name() + ":amr"));
    assertEquals(List.of("pwd", "otp"), identity.lasting().get(provider.name() + ":amr"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
  void signaturesOfRsaAreVerified(String algorithm) {
    verify(token(provider.claims(), JWSAlgorithm.parse(algorithm), RSA));
  }

  @Test
  void signaturesOfEllipticCurvesAreVerified() {
    verify(token(provider.claims(), JWSAlgorithm.ES256, EC));
  }

  @Test
  void aTokenWithoutASignatureIsRefused() {
    invalid(new PlainJWT(provider.claims().build()).serialize());
    var signed = token(provider.claims());
    invalid(signed.substring(0, signed.lastIndexOf('.') + 1));
  }

  /** The public key is no secret. */
  @Test
  void aPublicKeyIsNoKeyOfAnHmac() throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build();
    var jwt = new SignedJWT(header, provider.claims().build());
    jwt.sign(new MACSigner(RSA.toRSAPublicKey().getEncoded()));
    assertTrue(invalid(jwt.serialize()).contains("algorithm"));
  }

  @Test
  void aForgedTokenIsRefused() {
    var forger = TestProvider.rsa("first", 2_048);
    invalid(token(provider.claims(), JWSAlgorithm.RS256, forger));
    var parts = token(provider.claims()).split("\\.", -1);
    var other = token(provider.claims().subject("mallory")).split("\\.", -1);
    invalid(parts[0] + "." + other[1] + "." + parts[2]);
  }

  @Test
  void aKeyInTheTokenItselfIsNotUsed() throws JOSEException {
    var forger = TestProvider.rsa("mine", 2_048);
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(forger.toPublicJWK()).keyID("mine").build();
    var jwt = new SignedJWT(header, provider.claims().build());
    jwt.sign(new RSASSASigner(forger));
    invalid(jwt.serialize());
  }

  @Test
  void anUnknownCriticalExtensionIsRefused() throws JOSEException {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("first")
            .criticalParams(Set.of("exotic"))
            .customParam("exotic", true)
            .build();
    var jwt = new SignedJWT(header, provider.claims().build());
    jwt.sign(new RSASSASigner(RSA));
    invalid(jwt.serialize());
  }

  @Test
  void aShortKeyIsNotUsed() {
    var weak = TestProvider.rsa("weak", 1_024);
    provider.publish(weak);
    invalid(token(provider.claims(), JWSAlgorithm.RS256, weak));
  }

  @Test
  void aTokenHoldsWithinItsTimesAndAMinute() {
    var token = token(provider.claims().notBeforeTime(Date.from(NOW)));
    now = NOW.minusSeconds(60);
    verify(token);
    now = NOW.plusSeconds(359);
    verify(token);
    now = NOW.plusSeconds(360);
    assertEquals(
        "Token expired: current date/time 1779617160 must be before the expiration date/time"
            + " 1779617100",
        refused(StsError.EXPIRED_TOKEN_EXCEPTION, token));
    now = NOW.minusSeconds(61);
    invalid(token);
    now = NOW;
    assertTrue(invalid(provider.claims().expirationTime(null)).contains("exp"));
  }

  @Test
  void theAudienceIsAClientOfTheProvider() {
    assertEquals("Incorrect token audience", invalid(provider.claims().audience("stranger")));
    invalid(provider.claims().audience((String) null));
    verify(token(provider.claims().audience(List.of("stranger", "other"))));
    assertEquals("Incorrect token audience", invalid(provider.claims().claim("azp", "stranger")));
    var identity = verify(token(provider.claims().audience("api").claim("azp", "app")));
    assertEquals(List.of("app"), identity.conditionValues().get(provider.name() + ":aud"));
    assertEquals(List.of("api"), identity.conditionValues().get(provider.name() + ":oaud"));
  }

  @Test
  void aTokenNeedsASubject() {
    assertEquals("Missing a required claim: sub", invalid(provider.claims().subject(null)));
    invalid(provider.claims().subject(""));
    invalid(provider.claims().subject("s".repeat(256)));
  }

  @Test
  void onlyProvidersOfTheAccountAreBelieved() {
    var other = "https://id.example.com";
    assertEquals(
        "No OpenIDConnect provider found in your account for " + other,
        invalid(provider.claims().issuer(other)));
    var token = token(provider.claims());
    assertThrows(QueryException.class, () -> identities.verify("222222222222", token, now));
    invalid(provider.claims().issuer(provider.issuer().replace("http:", "https:")));
    invalid(provider.claims().issuer("x://" + "y".repeat(10_000)));
    assertEquals(0, provider.asked.get());
  }

  @Test
  void tagsAndASourceIdentityComeInTheToken() {
    var tags =
        Map.of(
            "principal_tags", Map.of("Team", List.of("red")),
            "transitive_tag_keys", List.of("Team"));
    var identity =
        verify(
            token(
                provider
                    .claims()
                    .claim("https://aws.amazon.com/tags", tags)
                    .claim("https://aws.amazon.com/source_identity", "alice@home")));
    assertEquals("Team", identity.tags().getFirst().key());
    assertEquals("red", identity.tags().getFirst().value());
    assertEquals(List.of("Team"), identity.transitiveTags());
    assertEquals("alice@home", identity.sourceIdentity());
    refused(
        StsError.IDP_REJECTED_CLAIM,
        token(provider.claims().claim("https://aws.amazon.com/source_identity", "a b")));
    for (var bad : new Object[] {"red", List.of(), List.of("a", "b"), Map.of(), 1, List.of("!")}) {
      var claim = Map.of("principal_tags", Map.of("Team", bad));
      refused(
          StsError.IDP_REJECTED_CLAIM,
          token(provider.claims().claim("https://aws.amazon.com/tags", claim)));
    }
  }

  @Test
  void nonsenseIsNoToken() {
    for (var text :
        List.of(
            "",
            "abcdef",
            "a.b.c",
            "...",
            "e30.e30.",
            "e30.e30.e30",
            "x".repeat(30_000),
            jws("{\"alg\":\"RS256\"}", "[]"),
            jws("{\"alg\":\"RS256\"}", "{\"iss\":1}"),
            jws("{\"alg\":1}", "{}"),
            jws("{\"alg\":\"RS256\"}", "[".repeat(9_000)),
            jws("{\"alg\":\"RS256\"}", "{\"a\":".repeat(2_000)),
            jws("{\"alg\":\"none\"}", "{\"iss\":\"" + provider.issuer() + "\"}"))) {
      invalid(text);
    }
  }

  private static String jws(String header, String claims) {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }

  @Test
  void keysAreAskedForOnceAnHour() {
    for (int i = 0; i < 20; i++) {
      verify(token(provider.claims()));
    }
    assertEquals(2, provider.asked.get());
    now = NOW.plus(Duration.ofMinutes(61));
    verify(late());
    assertEquals(4, provider.asked.get());
  }

  private String late() {
    return late(RSA);
  }

  private String late(JWK key) {
    var claims =
        provider.claims().issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(300)));
    return token(claims, JWSAlgorithm.RS256, key);
  }

  @Test
  void aNewKeyIsFoundWithinAMinuteAndUnknownOnesCostLittle() {
    verify(token(provider.claims()));
    provider.publish(RSA, NEXT);
    invalid(late(NEXT));
    assertEquals(2, provider.asked.get(), "it was asked a moment ago");
    now = NOW.plusSeconds(61);
    verify(late(NEXT));
    assertEquals(4, provider.asked.get());
    var unknown = TestProvider.rsa("unknown", 2_048);
    for (int i = 0; i < 20; i++) {
      invalid(late(unknown));
    }
    assertEquals(4, provider.asked.get());
  }

  @Test
  void oldKeysAreGoodForADayWhileTheProviderIsAway() {
    verify(token(provider.claims()));
    provider.answerWith(500);
    now = NOW.plus(Duration.ofHours(23));
    verify(late());
    now = NOW.plus(Duration.ofHours(25));
    refused(StsError.IDP_COMMUNICATION_ERROR, late());
    provider.answerWith(200);
    refused(StsError.IDP_COMMUNICATION_ERROR, late());
    now = now.plusSeconds(11);
    verify(late());
  }

  @Test
  void whatIsNoConfigurationIsRefused() {
    var token = token(provider.claims());
    provider.configuration("https://else.example.com", provider.issuer() + "/keys");
    refused(StsError.IDP_COMMUNICATION_ERROR, token);
    later();
    provider.configuration(provider.issuer(), "file:///etc/passwd");
    refused(StsError.IDP_COMMUNICATION_ERROR, token);
    later();
    provider.configuration(provider.issuer(), "http://169.254.169.254/latest/meta-data");
    refused(StsError.IDP_COMMUNICATION_ERROR, token);
    later();
    provider.configuration(provider.issuer(), provider.issuer() + "/keys");
    provider.publish("[]".getBytes(StandardCharsets.UTF_8));
    refused(StsError.IDP_COMMUNICATION_ERROR, token);
    later();
    provider.publish(new byte[HttpDocuments.MOST_BYTES + 1]);
    refused(StsError.IDP_COMMUNICATION_ERROR, token);
    later();
    provider.answerWith(302);
    refused(StsError.IDP_COMMUNICATION_ERROR, token);
    later();
    provider.answerWith(200);
    provider.publish(RSA);
    verify(token);
  }

  private void later() {
    now = now.plusSeconds(11);
  }
}
