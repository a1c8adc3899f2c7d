package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.UriEncoding;
import io.coffer.model.iam.AttachRolePolicyRequest;
import io.coffer.model.iam.CreateRoleRequest;
import io.coffer.model.iam.CreateRoleResponse;
import io.coffer.model.iam.DeleteRolePolicyRequest;
import io.coffer.model.iam.DeleteRoleRequest;
import io.coffer.model.iam.GetRoleRequest;
import io.coffer.model.iam.GetRoleResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListRoleTagsRequest;
import io.coffer.model.iam.ListRoleTagsResponse;
import io.coffer.model.iam.ListRolesRequest;
import io.coffer.model.iam.ListRolesResponse;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.PutRolePermissionsBoundaryRequest;
import io.coffer.model.iam.PutRolePolicyRequest;
import io.coffer.model.iam.Role;
import io.coffer.model.iam.Tag;
import io.coffer.model.iam.TagRoleRequest;
import io.coffer.model.iam.UntagRoleRequest;
import io.coffer.model.iam.UpdateAssumeRolePolicyRequest;
import io.coffer.model.iam.UpdateRoleRequest;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {
  private static final String ALICE = "arn:aws:iam::111111111111:user/alice";

  private final Iam iam = new Iam();

  private static String trust(String principal) {
    return """
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
      "Principal": {"AWS": ["%s", "111111111111"]}, "Action": "sts:AssumeRole",
      "Condition": {"StringNotEquals": {"aws:PrincipalArn": "%s"}}}}\
    """
        .formatted(principal, principal);
  }

  private static CreateRoleRequest creation(String name, String trust) {
    return CreateRoleRequest.builder().roleName(name).assumeRolePolicyDocument(trust).build();
  }

  private Role get(String name) {
    GetRoleResponse response =
        iam.call(Operation.GET_ROLE, GetRoleRequest.builder().roleName(name).build());
    return requireNonNull(response.role());
  }

  private String trustOf(String name) {
    return requireNonNull(UriEncoding.decode(requireNonNull(get(name).assumeRolePolicyDocument())));
  }

  private static PutRolePolicyRequest inline(String role, String name, String document) {
    return PutRolePolicyRequest.builder()
        .roleName(role)
        .policyName(name)
        .policyDocument(document)
        .build();
  }

  @Test
  void aRoleKeepsWhatItWasMadeWith() {
    var boundary = iam.policy("most", Iam.S3_ALL);
    CreateRoleResponse created =
        iam.call(
            Operation.CREATE_ROLE,
            CreateRoleRequest.builder()
                .roleName("worker")
                .path("/team/")
                .assumeRolePolicyDocument(Iam.TRUST_ALL)
                .description("works")
                .maxSessionDuration(7_200)
                .permissionsBoundary(boundary)
                .tags(List.of(Tag.builder().key("team").value("red").build()))
                .build());
    var answer = requireNonNull(created.role());
    assertNull(answer.description(), "AWS tells it in GetRole alone");
    var role = get("WORKER");
    assertEquals("arn:aws:iam::111111111111:role/team/worker", role.arn());
    assertTrue(requireNonNull(role.roleId()).matches("AROA[A-Z2-7]{17}"));
    assertEquals("works", role.description());
    assertEquals(7_200, role.maxSessionDuration());
    assertEquals(boundary, requireNonNull(role.permissionsBoundary()).permissionsBoundaryArn());
    assertEquals("red", requireNonNull(role.tags()).get(0).value());
    assertEquals(Iam.TRUST_ALL, trustOf("worker"));
    assertEquals(1, iam.policy(boundary).permissionsBoundaryUsageCount());
  }

  @Test
  void aTrustedUserIsKeptByItsIdAndShownByItsArn() {
    iam.user("alice", "AIDAALICEALICEALICE22", Grants.NONE);
    iam.call(Operation.CREATE_ROLE, creation("worker", trust(ALICE)));
    assertEquals(trust(ALICE), trustOf("worker"));
    var stored =
        iam.subjects.entities().find(Kind.ROLE, "111111111111", "worker").orElseThrow().value();
    assertTrue(stored.trust().contains("[\"AIDAALICEALICEALICE22\""), stored.trust());
    assertTrue(stored.trust().contains("\"aws:PrincipalArn\": \"" + ALICE), stored.trust());

    iam.deleteUser("alice");
    assertTrue(trustOf("worker").contains("AIDAALICEALICEALICE22"));
    iam.user("alice", "AIDAANOTHERANOTHER222", Grants.NONE);
    assertTrue(
        trustOf("worker").contains("AIDAALICEALICEALICE22"),
        "who is made anew with the same name is not trusted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111111111111:user/nobody",
        "arn:aws:iam::111111111111:role/nothing",
        "arn:aws:iam::333333333333:root",
        "arn:aws:sts::111111111111:assumed-role/nothing/session"
      })
  void aPrincipalThatDoesNotExistIsRefused(String arn) {
    assertEquals(
        "Invalid principal in policy: \"AWS\":\"" + arn + "\"",
        iam.refused(
            IamError.MALFORMED_POLICY_DOCUMENT,
            Operation.CREATE_ROLE,
            creation("worker", trust(arn))));
  }

  @Test
  void anotherAccountThatIsKnownCanBeTrusted() {
    iam.call(Operation.CREATE_ROLE, creation("worker", trust("arn:aws:iam::222222222222:root")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"Version\": \"2012-10-17\", \"Statement\": []}"})
  void whatIsNoTrustPolicyIsRefused(String document) {
    iam.role("worker");
    iam.refused(
        IamError.MALFORMED_POLICY_DOCUMENT,
        Operation.UPDATE_ASSUME_ROLE_POLICY,
        UpdateAssumeRolePolicyRequest.builder()
            .roleName("worker")
            .policyDocument(document)
            .build());
    assertEquals(Iam.TRUST_ALL, trustOf("worker"));
  }

  @Test
  void anUpdateLeavesWhatItDoesNotName() {
    iam.role("worker");
    iam.call(
        Operation.UPDATE_ROLE,
        UpdateRoleRequest.builder().roleName("worker").description("works").build());
    iam.call(
        Operation.UPDATE_ROLE,
        UpdateRoleRequest.builder().roleName("worker").maxSessionDuration(43_200).build());
    assertEquals("works", get("worker").description());
    assertEquals(43_200, get("worker").maxSessionDuration());
  }

  @Test
  void rolesAreListedByNameWithinAPath() {
    for (var name : List.of("Ad", "ac", "Ab", "aa")) {
      iam.call(
          Operation.CREATE_ROLE,
          creation(name, Iam.TRUST_ALL).toBuilder().path("/x/" + name + "/").build());
    }
    iam.role("aaa");
    var names = new ArrayList<String>();
    String marker = null;
    do {
      ListRolesResponse page =
          iam.call(
              Operation.LIST_ROLES,
              ListRolesRequest.builder().pathPrefix("/x/").maxItems(1).marker(marker).build());
      requireNonNull(page.roles()).forEach(role -> names.add(String.valueOf(role.roleName())));
      marker = page.marker();
    } while (marker != null);
    assertEquals(List.of("aa", "Ab", "ac", "Ad"), names);
  }

  @Test
  void aRoleThatHasPoliciesIsNotDeleted() {
    iam.role("worker");
    var deletion = DeleteRoleRequest.builder().roleName("worker").build();
    iam.call(Operation.PUT_ROLE_POLICY, inline("worker", "own", Iam.S3_ALL));
    assertEquals(
        "Cannot delete entity, must delete policies first.",
        iam.refused(IamError.DELETE_CONFLICT, Operation.DELETE_ROLE, deletion));
    iam.call(
        Operation.DELETE_ROLE_POLICY,
        DeleteRolePolicyRequest.builder().roleName("worker").policyName("own").build());
    var id = get("worker").roleId();
    iam.call(Operation.DELETE_ROLE, deletion);
    iam.refused(IamError.NO_SUCH_ENTITY, Operation.DELETE_ROLE, deletion);
    iam.role("worker");
    assertNotEquals(id, get("worker").roleId());
  }

  @Test
  void aDeletedRoleFreesItsBoundary() {
    var boundary = iam.policy("most", Iam.S3_ALL);
    iam.role("worker");
    var put =
        PutRolePermissionsBoundaryRequest.builder()
            .roleName("worker")
            .permissionsBoundary(boundary)
            .build();
    iam.call(Operation.PUT_ROLE_PERMISSIONS_BOUNDARY, put);
    iam.call(Operation.PUT_ROLE_PERMISSIONS_BOUNDARY, put);
    assertEquals(1, iam.policy(boundary).permissionsBoundaryUsageCount());
    iam.call(Operation.DELETE_ROLE, DeleteRoleRequest.builder().roleName("worker").build());
    assertEquals(0, iam.policy(boundary).permissionsBoundaryUsageCount());
  }

  @Test
  void tenPoliciesAreAttachedAtMost() {
    iam.role("worker");
    for (int i = 0; i < 10; i++) {
      attach(iam.policy("p" + i, Iam.S3_ALL));
    }
    var arn = iam.policy("eleventh", Iam.S3_ALL);
    assertEquals(
        "Cannot exceed quota for PoliciesPerRole: 10",
        iam.refused(
            IamError.LIMIT_EXCEEDED,
            Operation.ATTACH_ROLE_POLICY,
            AttachRolePolicyRequest.builder().roleName("worker").policyArn(arn).build()));
    assertEquals(0, iam.policy(arn).attachmentCount());
  }

  private void attach(String arn) {
    iam.call(
        Operation.ATTACH_ROLE_POLICY,
        AttachRolePolicyRequest.builder().roleName("worker").policyArn(arn).build());
  }

  @Test
  void inlinePoliciesAreMeasuredTogether() {
    iam.role("worker");
    var large = Iam.S3_ALL.replace("s3:*", "s3:" + "x".repeat(5_000));
    iam.call(Operation.PUT_ROLE_POLICY, inline("worker", "a", large));
    iam.call(Operation.PUT_ROLE_POLICY, inline("worker", "b", large));
    iam.call(Operation.PUT_ROLE_POLICY, inline("worker", "b", large));
    assertEquals(
        "Maximum policy size of 10240 bytes exceeded for role worker",
        iam.refused(
            IamError.LIMIT_EXCEEDED, Operation.PUT_ROLE_POLICY, inline("worker", "c", large)));
  }

  @Test
  void keysOfTagsDifferByMoreThanTheirCase() {
    iam.role("worker");
    tag("Team", "red");
    tag("team", "blue");
    ListRoleTagsResponse tags =
        iam.call(
            Operation.LIST_ROLE_TAGS, ListRoleTagsRequest.builder().roleName("worker").build());
    assertEquals(
        List.of(Tag.builder().key("team").value("blue").build()), requireNonNull(tags.tags()));
    iam.refused(
        IamError.INVALID_INPUT, Operation.TAG_ROLE, tagging(List.of(of("a", "1"), of("A", "2"))));
    iam.refused(IamError.INVALID_INPUT, Operation.TAG_ROLE, tagging(List.of(of("AWS:x", "1"))));
    iam.call(
        Operation.UNTAG_ROLE,
        UntagRoleRequest.builder().roleName("worker").tagKeys(List.of("TEAM", "none")).build());
    assertNull(get("worker").tags());
  }

  @Test
  void fiftyTagsAreTheMost() {
    iam.role("worker");
    var fifty = IntStream.range(0, 50).mapToObj(i -> of("key" + i, "")).toList();
    iam.call(Operation.TAG_ROLE, tagging(fifty));
    iam.refused(IamError.LIMIT_EXCEEDED, Operation.TAG_ROLE, tagging(List.of(of("more", ""))));
    assertFalse(requireNonNull(get("worker").tags()).contains(of("more", "")));
  }

  private void tag(String key, String value) {
    iam.call(Operation.TAG_ROLE, tagging(List.of(of(key, value))));
  }

  private static Tag of(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static TagRoleRequest tagging(List<Tag> tags) {
    return TagRoleRequest.builder().roleName("worker").tags(tags).build();
  }
}
