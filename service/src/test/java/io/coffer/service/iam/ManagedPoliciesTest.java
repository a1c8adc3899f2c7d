package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.UriEncoding;
import io.coffer.auth.policy.PolicyKind;
import io.coffer.auth.policy.PolicyReader;
import io.coffer.model.CommonError;
import io.coffer.model.iam.AttachRolePolicyRequest;
import io.coffer.model.iam.CreatePolicyRequest;
import io.coffer.model.iam.CreatePolicyVersionRequest;
import io.coffer.model.iam.DeletePolicyRequest;
import io.coffer.model.iam.DeletePolicyVersionRequest;
import io.coffer.model.iam.DetachRolePolicyRequest;
import io.coffer.model.iam.GetPolicyVersionRequest;
import io.coffer.model.iam.GetPolicyVersionResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListEntitiesForPolicyRequest;
import io.coffer.model.iam.ListEntitiesForPolicyResponse;
import io.coffer.model.iam.ListPoliciesRequest;
import io.coffer.model.iam.ListPoliciesResponse;
import io.coffer.model.iam.ListPolicyVersionsRequest;
import io.coffer.model.iam.ListPolicyVersionsResponse;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.Policy;
import io.coffer.model.iam.PolicyScopeType;
import io.coffer.model.iam.PolicyVersion;
import io.coffer.model.iam.PutRolePermissionsBoundaryRequest;
import io.coffer.model.iam.SetDefaultPolicyVersionRequest;
import io.coffer.service.identity.AwsPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedPoliciesTest {
  private final Iam iam = new Iam();

  private static CreatePolicyVersionRequest version(String arn, String document) {
    return CreatePolicyVersionRequest.builder()
        .policyArn(arn)
        .policyDocument(document)
        .setAsDefault(true)
        .build();
  }

  private static DeletePolicyRequest deletion(String arn) {
    return DeletePolicyRequest.builder().policyArn(arn).build();
  }

  private void attach(String arn, String role) {
    iam.call(
        Operation.ATTACH_ROLE_POLICY,
        AttachRolePolicyRequest.builder().roleName(role).policyArn(arn).build());
  }

  private List<String> versionIds(String arn) {
    ListPolicyVersionsResponse versions =
        iam.call(
            Operation.LIST_POLICY_VERSIONS,
            ListPolicyVersionsRequest.builder().policyArn(arn).build());
    return requireNonNull(versions.versions()).stream()
        .map(PolicyVersion::versionId)
        .map(String::valueOf)
        .toList();
  }

  @Test
  void aDocumentIsGivenBackAsItWasGiven() {
    var arn = iam.policy("reader", Iam.S3_ALL);
    GetPolicyVersionResponse answer =
        iam.call(
            Operation.GET_POLICY_VERSION,
            GetPolicyVersionRequest.builder().policyArn(arn).versionId("v1").build());
    var version = requireNonNull(answer.policyVersion());
    assertEquals(Iam.S3_ALL, UriEncoding.decode(requireNonNull(version.document())));
    assertEquals(Boolean.TRUE, version.isDefaultVersion());
  }

  @Test
  void aNameIsTakenWhateverItsCaseAndPath() {
    iam.policy("reader", Iam.S3_ALL);
    var again =
        CreatePolicyRequest.builder()
            .policyName("READER")
            .path("/other/")
            .policyDocument(Iam.S3_ALL)
            .build();
    assertEquals(
        "A policy called READER already exists. Duplicate names are not allowed.",
        iam.refused(IamError.ENTITY_ALREADY_EXISTS, Operation.CREATE_POLICY, again));
  }

  @Test
  void aPolicyHasFiveVersionsAndTheirNumbersAreNeverUsedAgain() {
    var arn = iam.policy("reader", Iam.S3_ALL);
    for (int i = 2; i <= 5; i++) {
      iam.call(Operation.CREATE_POLICY_VERSION, version(arn, Iam.S3_ALL));
    }
    iam.refused(IamError.LIMIT_EXCEEDED, Operation.CREATE_POLICY_VERSION, version(arn, Iam.S3_ALL));
    assertEquals(List.of("v5", "v4", "v3", "v2", "v1"), versionIds(arn));
    assertEquals("v5", iam.policy(arn).defaultVersionId());

    var newest = DeletePolicyVersionRequest.builder().policyArn(arn).versionId("v5").build();
    iam.refused(IamError.DELETE_CONFLICT, Operation.DELETE_POLICY_VERSION, newest);
    iam.call(
        Operation.SET_DEFAULT_POLICY_VERSION,
        SetDefaultPolicyVersionRequest.builder().policyArn(arn).versionId("v2").build());
    iam.call(Operation.DELETE_POLICY_VERSION, newest);
    iam.call(Operation.CREATE_POLICY_VERSION, version(arn, Iam.S3_ALL));
    assertEquals(List.of("v6", "v4", "v3", "v2", "v1"), versionIds(arn));
  }

  @Test
  void aPolicyThatIsUsedOrHasOlderVersionsIsNotDeleted() {
    var arn = iam.policy("reader", Iam.S3_ALL);
    iam.role("worker");
    attach(arn, "worker");
    attach(arn, "worker");
    assertEquals(1, iam.policy(arn).attachmentCount());
    iam.refused(IamError.DELETE_CONFLICT, Operation.DELETE_POLICY, deletion(arn));
    iam.call(
        Operation.DETACH_ROLE_POLICY,
        DetachRolePolicyRequest.builder().roleName("worker").policyArn(arn).build());
    iam.call(
        Operation.PUT_ROLE_PERMISSIONS_BOUNDARY,
        PutRolePermissionsBoundaryRequest.builder()
            .roleName("worker")
            .permissionsBoundary(arn)
            .build());
    assertEquals(0, iam.policy(arn).attachmentCount());
    assertEquals(1, iam.policy(arn).permissionsBoundaryUsageCount());
    iam.refused(IamError.DELETE_CONFLICT, Operation.DELETE_POLICY, deletion(arn));

    var other = iam.policy("other", Iam.S3_ALL);
    iam.call(Operation.CREATE_POLICY_VERSION, version(other, Iam.S3_ALL));
    iam.refused(IamError.DELETE_CONFLICT, Operation.DELETE_POLICY, deletion(other));
  }

  @Test
  void whoHasAPolicyIsToldPageByPage() {
    var arn = iam.policy("reader", Iam.S3_ALL);
    for (var name : List.of("a", "B", "c")) {
      iam.role(name);
      attach(arn, name);
    }
    var names = new ArrayList<String>();
    String marker = null;
    do {
      ListEntitiesForPolicyResponse page =
          iam.call(
              Operation.LIST_ENTITIES_FOR_POLICY,
              ListEntitiesForPolicyRequest.builder()
                  .policyArn(arn)
                  .maxItems(1)
                  .marker(marker)
                  .build());
      requireNonNull(page.policyRoles()).forEach(r -> names.add(String.valueOf(r.roleName())));
      marker = page.marker();
    } while (marker != null);
    assertEquals(List.of("a", "B", "c"), names);
  }

  @Test
  void listsHaveTheAccountsPoliciesAndThenThoseOfAws() {
    iam.policy("zebra", Iam.S3_ALL);
    iam.policy("Ant", Iam.S3_ALL);
    var names = new ArrayList<String>();
    String marker = null;
    do {
      ListPoliciesResponse page =
          iam.call(
              Operation.LIST_POLICIES,
              ListPoliciesRequest.builder().maxItems(3).marker(marker).build());
      requireNonNull(page.policies()).forEach(p -> names.add(String.valueOf(p.policyName())));
      marker = page.marker();
      assertEquals(marker != null, page.isTruncated());
    } while (marker != null);
    var expected = new ArrayList<>(List.of("Ant", "zebra"));
    for (var policy : AwsPolicy.values()) {
      expected.add(policy.policyName());
    }
    assertEquals(expected, names);
  }

  @Test
  void onlyPoliciesInUseAreListedWhenAskedFor() {
    iam.policy("unused", Iam.S3_ALL);
    iam.role("worker");
    attach(AwsPolicy.AMAZON_S3_FULL_ACCESS.arn(), "worker");
    ListPoliciesResponse page =
        iam.call(
            Operation.LIST_POLICIES,
            ListPoliciesRequest.builder().onlyAttached(true).scope(PolicyScopeType.ALL).build());
    assertEquals(
        List.of("AmazonS3FullAccess"),
        requireNonNull(page.policies()).stream().map(Policy::policyName).toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyPolicyOfAwsIsGoodAndCannotBeChanged(AwsPolicy policy) {
    assertNotNull(PolicyReader.read(policy.document(), PolicyKind.IDENTITY));
    assertTrue(PolicyTexts.size(policy.document()) <= PolicyTexts.MANAGED);
    assertEquals(policy.id(), iam.policy(policy.arn()).policyId());
    iam.refused(IamError.INVALID_INPUT, Operation.DELETE_POLICY, deletion(policy.arn()));
  }

  @Test
  void whiteSpaceDoesNotCountAndIsNotKeptWithoutMeasure() {
    var wide = Iam.S3_ALL.replace("[", "[" + " ".repeat(100_000));
    var arn = iam.policy("wide", wide);
    GetPolicyVersionResponse answer =
        iam.call(
            Operation.GET_POLICY_VERSION,
            GetPolicyVersionRequest.builder().policyArn(arn).versionId("v1").build());
    var kept =
        UriEncoding.decode(requireNonNull(requireNonNull(answer.policyVersion()).document()));
    assertEquals(
        PolicyReader.read(wide, PolicyKind.IDENTITY).toJson(),
        PolicyReader.read(requireNonNull(kept), PolicyKind.IDENTITY).toJson());
    assertTrue(kept.length() < 200);

    var large = Iam.S3_ALL.replace("s3:*", "s3:" + "x".repeat(PolicyTexts.MANAGED));
    var request = CreatePolicyRequest.builder().policyName("large").policyDocument(large).build();
    iam.refused(IamError.LIMIT_EXCEEDED, Operation.CREATE_POLICY, request);
  }

  @Test
  void blanksInsideTextsStayWhenADocumentIsSqueezed() {
    var document =
        """
        {"Version": "2012-10-17", "Statement": [ {"Sid": "", "Effect": "Allow",
          "Action": "s3:*", "Resource": "arn:aws:s3:::a b\\\\ \\" c/*"}]}\
        """
            + " ".repeat(9_000);
    var kept = PolicyTexts.stored(document);
    assertTrue(kept.contains("arn:aws:s3:::a b\\\\ \\\" c/*"), kept);
    assertFalse(kept.contains(", \"Statement"), kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "", "====", "AAAA-_"})
  void aMarkerThatNoAnswerHasGivenIsRefusedOrEmpty(String marker) {
    var request = ListPoliciesRequest.builder().marker(marker).build();
    if (marker.equals("AAAA-_")) {
      ListPoliciesResponse page = iam.call(Operation.LIST_POLICIES, request);
      assertEquals(AwsPolicy.values().length, requireNonNull(page.policies()).size());
    } else {
      iam.refused(CommonError.VALIDATION_ERROR, Operation.LIST_POLICIES, request);
    }
  }

  @Test
  void whatIsFarTooLongToBeANameIsNotFound() {
    var arn = "arn:aws:iam::111111111111:policy/" + "\u0130".repeat(2_000);
    iam.refused(IamError.NO_SUCH_ENTITY, Operation.DELETE_POLICY, deletion(arn));
    var request = ListPoliciesRequest.builder().marker(Paging.marker("l" + "\u0130".repeat(1_000)));
    ListPoliciesResponse page = iam.call(Operation.LIST_POLICIES, request.build());
    assertEquals(Boolean.FALSE, page.isTruncated());
  }

  @Test
  void aPolicyOfAnotherAccountIsNotFound() {
    var arn = "arn:aws:iam::222222222222:policy/reader";
    iam.refused(IamError.NO_SUCH_ENTITY, Operation.DELETE_POLICY, deletion(arn));
  }
}
