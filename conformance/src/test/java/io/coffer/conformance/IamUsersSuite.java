package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;

/** Users, groups and access keys, through the SDK. */
abstract class IamUsersSuite extends Suite {
  private static final String ALL_OF_IAM =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]}\
      """;

  IamUsersSuite(boolean onFiles) {
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

  private static AwsCredentialsProvider of(AccessKey key) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  private String arnOf(AccessKey key) {
    try (var sts =
        StsClient.builder()
            .endpointOverride(server().endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(of(key))
            .httpClient(ApacheHttpClient.create())
            .build()) {
      return sts.getCallerIdentity().arn();
    }
  }

  /** What is called in this test alone. */
  private String own(String name) {
    return bucket() + "-" + name;
  }

  @Test
  void aUserIsMadeChangedListedAndDeleted() {
    try (var iam = root()) {
      var name = own("alice");
      var path = "/" + bucket() + "/";
      var tag = Tag.builder().key("team").value("red + blue").build();
      var user = iam.createUser(b -> b.userName(name).path(path).tags(tag)).user();
      assertTrue(user.arn().endsWith(":user" + path + name), user.arn());
      assertThrows(EntityAlreadyExistsException.class, () -> iam.createUser(b -> b.userName(name)));
      assertEquals(user, iam.getUser(b -> b.userName(name)).user());
      var renamed = own("bob");
      iam.updateUser(b -> b.userName(name).newUserName(renamed));
      assertThrows(NoSuchEntityException.class, () -> iam.getUser(b -> b.userName(name)));
      var listed = iam.listUsersPaginator(b -> b.pathPrefix(path).maxItems(1)).users();
      assertEquals(List.of(renamed), listed.stream().map(User::userName).toList());
      iam.untagUser(b -> b.userName(renamed).tagKeys("team"));
      assertFalse(iam.listUserTags(b -> b.userName(renamed)).isTruncated());
      iam.deleteUser(b -> b.userName(renamed));
      assertThrows(NoSuchEntityException.class, () -> iam.deleteUser(b -> b.userName(renamed)));
    }
  }

  @Test
  void aKeyIsGoodUntilItIsSwitchedOff() {
    try (var iam = root()) {
      var name = own("alice");
      iam.createUser(b -> b.userName(name));
      var key = iam.createAccessKey(b -> b.userName(name)).accessKey();
      assertTrue(arnOf(key).endsWith(":user/" + name), arnOf(key));
      var id = key.accessKeyId();
      iam.updateAccessKey(b -> b.userName(name).accessKeyId(id).status(StatusType.INACTIVE));
      var error = assertThrows(AwsServiceException.class, () -> arnOf(key));
      assertEquals("InvalidClientTokenId", error.awsErrorDetails().errorCode());
      iam.updateAccessKey(b -> b.userName(name).accessKeyId(id).status(StatusType.ACTIVE));
      assertTrue(arnOf(key).endsWith(":user/" + name));
      var used = iam.getAccessKeyLastUsed(b -> b.accessKeyId(id));
      assertEquals("sts", used.accessKeyLastUsed().serviceName());
      assertThrows(DeleteConflictException.class, () -> iam.deleteUser(b -> b.userName(name)));
      iam.deleteAccessKey(b -> b.userName(name).accessKeyId(id));
      iam.deleteUser(b -> b.userName(name));
      assertThrows(AwsServiceException.class, () -> arnOf(key));
    }
  }

  @Test
  void aUserMayWhatItsGroupMay() {
    try (var iam = root()) {
      var user = own("alice");
      var group = own("admins");
      iam.createUser(b -> b.userName(user));
      iam.createGroup(b -> b.groupName(group));
      iam.addUserToGroup(b -> b.userName(user).groupName(group));
      var key = iam.createAccessKey(b -> b.userName(user)).accessKey();
      try (var alice = iam(of(key))) {
        var error = assertThrows(AwsServiceException.class, () -> alice.listUsers());
        assertEquals("AccessDenied", error.awsErrorDetails().errorCode());
        assertEquals(403, error.statusCode());
        iam.putGroupPolicy(b -> b.groupName(group).policyName("iam").policyDocument(ALL_OF_IAM));
        assertEquals(user, alice.getUser().user().userName());
        var groups = alice.listGroupsForUser(b -> b.userName(user)).groups();
        assertEquals(List.of(group), groups.stream().map(Group::groupName).toList());
        iam.updateGroup(b -> b.groupName(group).newGroupName(group + "-2"));
        assertEquals(
            user, alice.getGroup(b -> b.groupName(group + "-2")).users().getFirst().userName());
        iam.removeUserFromGroup(b -> b.userName(user).groupName(group + "-2"));
        assertThrows(AwsServiceException.class, () -> alice.getUser());
      }
    }
  }

  @Test
  void policiesOfAUserAreKeptAndGivenBack() {
    try (var iam = root()) {
      var name = own("alice");
      iam.createUser(b -> b.userName(name));
      iam.putUserPolicy(b -> b.userName(name).policyName("p").policyDocument(ALL_OF_IAM));
      var document = iam.getUserPolicy(b -> b.userName(name).policyName("p")).policyDocument();
      assertEquals(ALL_OF_IAM, URLDecoder.decode(document, StandardCharsets.UTF_8));
      assertEquals(List.of("p"), iam.listUserPolicies(b -> b.userName(name)).policyNames());
      assertThrows(
          MalformedPolicyDocumentException.class,
          () -> iam.putUserPolicy(b -> b.userName(name).policyName("q").policyDocument("{}")));
      var arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
      iam.attachUserPolicy(b -> b.userName(name).policyArn(arn));
      var attached = iam.listAttachedUserPolicies(b -> b.userName(name)).attachedPolicies();
      assertEquals(
          List.of("AmazonS3ReadOnlyAccess"),
          attached.stream().map(AttachedPolicy::policyName).toList());
      iam.putUserPermissionsBoundary(b -> b.userName(name).permissionsBoundary(arn));
      var user = iam.getUser(b -> b.userName(name)).user();
      assertEquals(arn, user.permissionsBoundary().permissionsBoundaryArn());
      iam.deleteUserPermissionsBoundary(b -> b.userName(name));
      iam.detachUserPolicy(b -> b.userName(name).policyArn(arn));
      iam.deleteUserPolicy(b -> b.userName(name).policyName("p"));
      iam.deleteUser(b -> b.userName(name));
    }
  }

  @Test
  void whatToolsAskBeforeTheyDeleteAUserIsNone() {
    try (var iam = root()) {
      var name = own("alice");
      iam.createUser(b -> b.userName(name));
      assertEquals(List.of(), iam.listMFADevices(b -> b.userName(name)).mfaDevices());
      assertEquals(List.of(), iam.listSSHPublicKeys(b -> b.userName(name)).sshPublicKeys());
      assertEquals(List.of(), iam.listSigningCertificates(b -> b.userName(name)).certificates());
      assertThrows(NoSuchEntityException.class, () -> iam.getLoginProfile(b -> b.userName(name)));
      assertThrows(
          NoSuchEntityException.class, () -> iam.listMFADevices(b -> b.userName(name + "-no")));
      iam.deleteUser(b -> b.userName(name));
    }
  }

  @Test
  void theAccountTellsOfItself() {
    try (var iam = root()) {
      var root = iam.getUser().user();
      assertTrue(root.arn().endsWith(":root"));
      assertNull(root.userName());
      var alias = bucket();
      iam.createAccountAlias(b -> b.accountAlias(alias));
      assertEquals(List.of(alias), iam.listAccountAliases().accountAliases());
      iam.deleteAccountAlias(b -> b.accountAlias(alias));
      assertTrue(iam.getAccountSummary().summaryMap().containsKey(SummaryKeyType.USERS_QUOTA));
    }
  }
}
