package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** Roles, managed policies, OIDC providers and simulation, through the SDK. */
abstract class IamRolesSuite extends Suite {
  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}\
      """;
  private static final String READ =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Sid": "Read", "Effect": "Allow", "Action": ["s3:Get*", "iam:GetRole"],
         "Resource": "*"}]}\
      """;
  private static final String READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

  IamRolesSuite(boolean onFiles) {
    super(onFiles);
  }

  private IamClient iam(AwsCredentialsProvider credentials) {
    return IamClient.builder()
        .endpointOverride(server().endpoint())
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(credentials)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private IamClient root() {
    return iam(server().credentials());
  }

  /** What is called in this test alone. */
  private String own(String name) {
    return bucket() + "-" + name;
  }

  private static void createRole(IamClient iam, String name, String path) {
    iam.createRole(b -> b.roleName(name).path(path).assumeRolePolicyDocument(TRUST));
  }

  private static String createPolicy(IamClient iam, String name) {
    return iam.createPolicy(b -> b.policyName(name).policyDocument(READ)).policy().arn();
  }

  @Test
  void aRoleIsMadeChangedAndDeleted() {
    try (var iam = root()) {
      var name = own("worker");
      createRole(iam, name, "/team/");
      assertThrows(EntityAlreadyExistsException.class, () -> createRole(iam, name, "/"));
      iam.updateRole(b -> b.roleName(name).description("works").maxSessionDuration(7_200));
      iam.tagRole(b -> b.roleName(name).tags(Tag.builder().key("team").value("red").build()));
      var role = iam.getRole(b -> b.roleName(name)).role();
      assertTrue(role.arn().endsWith(":role/team/" + name), role.arn());
      assertEquals("works", role.description());
      assertEquals(7_200, role.maxSessionDuration());
      assertEquals("red", role.tags().get(0).value());
      assertEquals(
          TRUST, URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8));

      iam.putRolePolicy(b -> b.roleName(name).policyName("read").policyDocument(READ));
      assertEquals(
          READ,
          URLDecoder.decode(
              iam.getRolePolicy(b -> b.roleName(name).policyName("read")).policyDocument(),
              StandardCharsets.UTF_8));
      assertThrows(DeleteConflictException.class, () -> iam.deleteRole(b -> b.roleName(name)));
      iam.deleteRolePolicy(b -> b.roleName(name).policyName("read"));
      assertEquals(
          List.of(), iam.listInstanceProfilesForRole(b -> b.roleName(name)).instanceProfiles());
      iam.deleteRole(b -> b.roleName(name));
      assertThrows(NoSuchEntityException.class, () -> iam.getRole(b -> b.roleName(name)));
    }
  }

  @Test
  void rolesArePagedByTheSdk() {
    try (var iam = root()) {
      var path = "/" + own("path") + "/";
      var names = List.of(own("a"), own("b"), own("c"), own("d"), own("e"));
      names.forEach(name -> createRole(iam, name, path));
      var listed =
          iam.listRolesPaginator(b -> b.pathPrefix(path).maxItems(2)).roles().stream()
              .map(Role::roleName)
              .toList();
      assertEquals(names, listed);
    }
  }

  @Test
  void policiesAreAttachedAndHaveVersions() {
    try (var iam = root()) {
      var name = own("worker");
      createRole(iam, name, "/");
      var arn = createPolicy(iam, own("policy"));
      iam.attachRolePolicy(b -> b.roleName(name).policyArn(arn));
      iam.attachRolePolicy(b -> b.roleName(name).policyArn(READ_ONLY));
      assertEquals(
          List.of(arn, READ_ONLY).stream().sorted().toList(),
          iam.listAttachedRolePolicies(b -> b.roleName(name)).attachedPolicies().stream()
              .map(AttachedPolicy::policyArn)
              .toList());
      assertEquals(1, iam.getPolicy(b -> b.policyArn(arn)).policy().attachmentCount());
      assertEquals(
          name, iam.listEntitiesForPolicy(b -> b.policyArn(arn)).policyRoles().get(0).roleName());
      assertThrows(DeleteConflictException.class, () -> iam.deletePolicy(b -> b.policyArn(arn)));

      for (int i = 0; i < 4; i++) {
        iam.createPolicyVersion(b -> b.policyArn(arn).policyDocument(READ).setAsDefault(true));
      }
      assertThrows(
          LimitExceededException.class,
          () -> iam.createPolicyVersion(b -> b.policyArn(arn).policyDocument(READ)));
      iam.setDefaultPolicyVersion(b -> b.policyArn(arn).versionId("v1"));
      for (var version : List.of("v2", "v3", "v4", "v5")) {
        iam.deletePolicyVersion(b -> b.policyArn(arn).versionId(version));
      }
      iam.detachRolePolicy(b -> b.roleName(name).policyArn(arn));
      assertThrows(
          NoSuchEntityException.class,
          () -> iam.detachRolePolicy(b -> b.roleName(name).policyArn(arn)));
      iam.deletePolicy(b -> b.policyArn(arn));
    }
  }

  @Test
  void policiesAreListedByScope() {
    try (var iam = root()) {
      createPolicy(iam, own("policy"));
      var local =
          iam
              .listPoliciesPaginator(b -> b.scope(PolicyScopeType.LOCAL).maxItems(1))
              .policies()
              .stream()
              .map(Policy::policyName)
              .toList();
      assertTrue(local.contains(own("policy")), local.toString());
      assertFalse(local.contains("AdministratorAccess"));
      var aws = iam.listPolicies(b -> b.scope(PolicyScopeType.AWS)).policies();
      assertTrue(aws.stream().allMatch(policy -> policy.arn().startsWith("arn:aws:iam::aws:")));
    }
  }

  @Test
  void whoeverIsTrustedMustExist() {
    try (var iam = root()) {
      var account = iam.getUser().user().userId();
      var nobody = TRUST.replace("\"*\"", "\"arn:aws:iam::" + account + ":user/nobody\"");
      assertThrows(
          MalformedPolicyDocumentException.class,
          () -> iam.createRole(b -> b.roleName(own("x")).assumeRolePolicyDocument(nobody)));
      var user = iam.createUser(b -> b.userName(own("ann"))).user().arn();
      var ann = TRUST.replace("\"*\"", "\"" + user + "\"");
      iam.createRole(b -> b.roleName(own("x")).assumeRolePolicyDocument(ann));
      var shown = iam.getRole(b -> b.roleName(own("x"))).role().assumeRolePolicyDocument();
      assertEquals(ann, URLDecoder.decode(shown, StandardCharsets.UTF_8));
    }
  }

  @Test
  void aUserMayWhatItIsAllowedAndNoMore() {
    try (var iam = root()) {
      var user = own("deputy");
      createRole(iam, own("worker"), "/");
      iam.createUser(b -> b.userName(user));
      iam.putUserPolicy(b -> b.userName(user).policyName("read").policyDocument(READ));
      var key = iam.createAccessKey(b -> b.userName(user)).accessKey();
      var credentials =
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
      try (var deputy = iam(credentials)) {
        assertEquals(
            own("worker"), deputy.getRole(b -> b.roleName(own("worker"))).role().roleName());
        var denied =
            assertThrows(
                AwsServiceException.class,
                () -> deputy.attachRolePolicy(b -> b.roleName(own("worker")).policyArn(READ_ONLY)));
        assertEquals("AccessDenied", denied.awsErrorDetails().errorCode());
        assertTrue(
            denied
                .awsErrorDetails()
                .errorMessage()
                .contains(
                    "because no identity-based policy allows the iam:AttachRolePolicy action"),
            denied.awsErrorDetails().errorMessage());
      }
    }
  }

  @Test
  void providersOfIdentitiesAreKept() {
    try (var iam = root()) {
      var thumbprint = "3768084dfb3d2b68b7897bf5f565da8efa1b2c3d";
      var url = own("id") + ".example.com/realms/a";
      var arn =
          iam.createOpenIDConnectProvider(
                  b -> b.url("https://" + url).clientIDList("app").thumbprintList(thumbprint))
              .openIDConnectProviderArn();
      iam.addClientIDToOpenIDConnectProvider(b -> b.openIDConnectProviderArn(arn).clientID("web"));
      var provider = iam.getOpenIDConnectProvider(b -> b.openIDConnectProviderArn(arn));
      assertEquals(url, provider.url());
      assertEquals(List.of("app", "web"), provider.clientIDList());
      assertEquals(List.of(thumbprint), provider.thumbprintList());
      assertTrue(
          iam.listOpenIDConnectProviders().openIDConnectProviderList().stream()
              .anyMatch(entry -> entry.arn().equals(arn)));
      iam.deleteOpenIDConnectProvider(b -> b.openIDConnectProviderArn(arn));
      assertThrows(
          NoSuchEntityException.class,
          () -> iam.getOpenIDConnectProvider(b -> b.openIDConnectProviderArn(arn)));
    }
  }

  @Test
  void whatARoleMayIsSimulated() {
    try (var iam = root()) {
      createRole(iam, own("worker"), "/");
      iam.putRolePolicy(b -> b.roleName(own("worker")).policyName("read").policyDocument(READ));
      var arn = iam.getRole(b -> b.roleName(own("worker"))).role().arn();
      var results =
          iam
              .simulatePrincipalPolicyPaginator(
                  b ->
                      b.policySourceArn(arn)
                          .actionNames("s3:GetObject", "s3:PutObject")
                          .resourceArns("arn:aws:s3:::photos/cat.jpg")
                          .contextEntries(
                              entry ->
                                  entry
                                      .contextKeyName("aws:SourceIp")
                                      .contextKeyType(ContextKeyTypeEnum.IP)
                                      .contextKeyValues("192.0.2.1"))
                          .maxItems(1))
              .evaluationResults()
              .stream()
              .toList();
      assertEquals(PolicyEvaluationDecisionType.ALLOWED, results.get(0).evalDecision());
      assertEquals(2, results.get(0).matchedStatements().get(0).startPosition().line());
      assertEquals(PolicyEvaluationDecisionType.IMPLICIT_DENY, results.get(1).evalDecision());
      assertEquals(2, results.size());
    }
  }

  @Test
  void theDetailsOfTheAccountAreTold() {
    try (var iam = root()) {
      createRole(iam, own("worker"), "/");
      var roles =
          iam.getAccountAuthorizationDetailsPaginator(b -> b.maxItems(2)).stream()
              .flatMap(page -> page.roleDetailList().stream())
              .toList();
      assertTrue(roles.stream().anyMatch(role -> role.roleName().equals(own("worker"))));
    }
  }
}
