package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleWithWebIdentityCredentialsProvider;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Sessions, through the SDK and against a real identity provider. */
abstract class StsSuite extends Suite {
  private static final String ALL =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "*", "Resource": "*"}]}\
      """;
  private static final String READ =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "iam:GetRole", "Resource": "*"}]}\
      """;

  private static final long TOKEN_SECONDS = 300;

  private final MockOAuth2Server provider = new MockOAuth2Server();
  private @Nullable IamClient iam;
  private AwsCredentialsProvider alice = AnonymousCredentialsProvider.create();
  private String role = "";
  private String roleArn = "";

  StsSuite(boolean onFiles) {
    super(onFiles);
  }

  @BeforeAll
  void startProvider() {
    provider.start();
    iam = iam(server().credentials());
    iam().createUser(b -> b.userName("alice"));
    iam().putUserPolicy(b -> b.userName("alice").policyName("all").policyDocument(ALL));
    var key = iam().createAccessKey(b -> b.userName("alice")).accessKey();
    alice =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  @AfterAll
  void stopProvider() {
    iam().close();
    provider.shutdown();
  }

  @BeforeEach
  void createRole() {
    role = bucket() + "-role";
    var account = account();
    roleArn =
        iam()
            .createRole(b -> b.roleName(role).assumeRolePolicyDocument(trust("AWS", account)))
            .role()
            .arn();
    iam().putRolePolicy(b -> b.roleName(role).policyName("all").policyDocument(ALL));
  }

  private static String trust(String kind, String principal) {
    return """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"%s": "%s"},
          "Action": ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:TagSession"]}]}\
        """
        .formatted(kind, principal);
  }

  private String account() {
    try (var sts = sts(server().credentials())) {
      return sts.getCallerIdentity().account();
    }
  }

  private IamClient iam() {
    return Objects.requireNonNull(iam);
  }

  private IamClient iam(AwsCredentialsProvider credentials) {
    return IamClient.builder()
        .endpointOverride(server().endpoint())
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(credentials)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private StsClient sts(AwsCredentialsProvider credentials) {
    return StsClient.builder()
        .endpointOverride(server().endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private S3Client s3(AwsCredentialsProvider credentials) {
    return S3Client.builder()
        .endpointOverride(server().endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(credentials)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private static AwsCredentialsProvider provider(Credentials given) {
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(
            given.accessKeyId(), given.secretAccessKey(), given.sessionToken()));
  }

  /** Of a client, which the provider also names as azp. */
  private String token(String issuer, String subject, String client) {
    var claims =
        new DefaultOAuth2TokenCallback(
            issuer, subject, "JWT", List.of(client), Map.of(), TOKEN_SECONDS);
    return provider.issueToken(issuer, client, claims).serialize();
  }

  private static void refused(int status, String code, Runnable call) {
    var thrown = assertThrows(AwsServiceException.class, call::run);
    assertEquals(code, thrown.awsErrorDetails().errorCode(), thrown::getMessage);
    assertEquals(status, thrown.statusCode());
  }

  @Test
  void theSdksProviderAssumesARoleForS3() {
    put("k", "content");
    try (var sts = sts(alice);
        var credentials =
            StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(b -> b.roleArn(roleArn).roleSessionName("nightly"))
                .build();
        var s3 = s3(credentials)) {
      assertEquals("content", s3.getObjectAsBytes(b -> b.bucket(bucket()).key("k")).asUtf8String());
    }
    try (var sts = sts(alice)) {
      var answer = sts.assumeRole(b -> b.roleArn(roleArn).roleSessionName("nightly"));
      try (var inSession = sts(provider(answer.credentials()))) {
        var identity = inSession.getCallerIdentity();
        assertEquals(answer.assumedRoleUser().arn(), identity.arn());
        assertEquals(answer.assumedRoleUser().assumedRoleId(), identity.userId());
      }
    }
  }

  @Test
  void aSessionPolicyBoundsTheRole() {
    try (var sts = sts(alice)) {
      var given =
          sts.assumeRole(b -> b.roleArn(roleArn).roleSessionName("bounded").policy(READ))
              .credentials();
      try (var bounded = iam(provider(given))) {
        bounded.getRole(b -> b.roleName(role));
        refused(403, "AccessDenied", () -> bounded.listUsers());
      }
    }
  }

  @Test
  void aUsersSessionIsTheUsersForS3AndNotForIam() {
    put("k", "content");
    try (var sts = sts(alice)) {
      var credentials = provider(sts.getSessionToken().credentials());
      try (var s3 = s3(credentials);
          var again = sts(credentials);
          var noIam = iam(credentials)) {
        assertEquals(
            "content", s3.getObjectAsBytes(b -> b.bucket(bucket()).key("k")).asUtf8String());
        assertTrue(again.getCallerIdentity().arn().endsWith(":user/alice"));
        refused(403, "AccessDenied", () -> again.getSessionToken());
        refused(403, "InvalidClientTokenId", () -> noIam.listUsers());
      }
    }
  }

  @Test
  void aFederatedUserIsWhomItsIssuerVouchesFor() {
    try (var sts = sts(alice)) {
      var answer = sts.getFederationToken(b -> b.name("bob").policy(ALL));
      try (var bob = sts(provider(answer.credentials()))) {
        assertEquals(answer.federatedUser().arn(), bob.getCallerIdentity().arn());
        refused(
            403,
            "AccessDenied",
            () -> bob.assumeRole(b -> b.roleArn(roleArn).roleSessionName("bob")));
      }
    }
  }

  @Test
  void tokensOfOthersAndPiecesOfTokensAreRefused() {
    try (var sts = sts(alice)) {
      var one = sts.assumeRole(b -> b.roleArn(roleArn).roleSessionName("one")).credentials();
      var two = sts.assumeRole(b -> b.roleArn(roleArn).roleSessionName("two")).credentials();
      var token = one.sessionToken();
      for (var bad :
          List.of(two.sessionToken(), token.substring(0, token.length() / 2), "x", token + "A")) {
        var forged =
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create(one.accessKeyId(), one.secretAccessKey(), bad));
        try (var s3 = s3(forged);
            var other = sts(forged)) {
          refused(400, "InvalidToken", () -> s3.listBuckets());
          refused(403, "InvalidClientTokenId", () -> other.getCallerIdentity());
        }
      }
      var without =
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(one.accessKeyId(), one.secretAccessKey()));
      try (var s3 = s3(without)) {
        refused(403, "InvalidAccessKeyId", () -> s3.listBuckets());
      }
    }
  }

  @Test
  void aSessionEndsWithItsRole() {
    try (var sts = sts(alice)) {
      var given = sts.assumeRole(b -> b.roleArn(roleArn).roleSessionName("nightly")).credentials();
      iam().deleteRolePolicy(b -> b.roleName(role).policyName("all"));
      iam().deleteRole(b -> b.roleName(role));
      try (var ended = sts(provider(given))) {
        refused(403, "InvalidClientTokenId", () -> ended.getCallerIdentity());
      }
    }
  }

  @Test
  void aWebIdentityAssumesARole() {
    put("k", "content");
    var issuer = provider.issuerUrl(role).toString();
    var arn =
        iam()
            .createOpenIDConnectProvider(b -> b.url(issuer).clientIDList("app"))
            .openIDConnectProviderArn();
    iam().updateAssumeRolePolicy(b -> b.roleName(role).policyDocument(trust("Federated", arn)));
    var token = token(role, "subject", "app");
    try (var sts = sts(AnonymousCredentialsProvider.create());
        var credentials =
            StsAssumeRoleWithWebIdentityCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(
                    b -> b.roleArn(roleArn).roleSessionName("web").webIdentityToken(token))
                .build();
        var s3 = s3(credentials)) {
      assertEquals("content", s3.getObjectAsBytes(b -> b.bucket(bucket()).key("k")).asUtf8String());
      var answer =
          sts.assumeRoleWithWebIdentity(
              b -> b.roleArn(roleArn).roleSessionName("web").webIdentityToken(token));
      assertEquals("subject", answer.subjectFromWebIdentityToken());
      assertEquals("app", answer.audience());
      var strange = token(role, "subject", "stranger");
      refused(
          400,
          "InvalidIdentityToken",
          () ->
              sts.assumeRoleWithWebIdentity(
                  b -> b.roleArn(roleArn).roleSessionName("web").webIdentityToken(strange)));
      var other = token("other", "subject", "app");
      refused(
          400,
          "InvalidIdentityToken",
          () ->
              sts.assumeRoleWithWebIdentity(
                  b -> b.roleArn(roleArn).roleSessionName("web").webIdentityToken(other)));
    }
  }

  @Test
  void aTrustPolicyAsksForTheSubject() {
    var issuer = provider.issuerUrl(role).toString();
    var arn =
        iam()
            .createOpenIDConnectProvider(b -> b.url(issuer).clientIDList("app"))
            .openIDConnectProviderArn();
    var key = issuer.substring(issuer.indexOf("://") + 3) + ":sub";
    var policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": {"StringEquals": {"%s": "carol"}}}]}\
        """
            .formatted(arn, key);
    iam().updateAssumeRolePolicy(b -> b.roleName(role).policyDocument(policy));
    try (var sts = sts(AnonymousCredentialsProvider.create())) {
      var carol = token(role, "carol", "app");
      sts.assumeRoleWithWebIdentity(
          b -> b.roleArn(roleArn).roleSessionName("web").webIdentityToken(carol));
      var dave = token(role, "dave", "app");
      refused(
          403,
          "AccessDenied",
          () ->
              sts.assumeRoleWithWebIdentity(
                  b -> b.roleArn(roleArn).roleSessionName("web").webIdentityToken(dave)));
    }
  }
}
