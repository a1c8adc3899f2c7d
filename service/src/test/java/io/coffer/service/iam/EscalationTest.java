package io.coffer.service.iam;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Caller;
import io.coffer.model.CommonError;
import io.coffer.model.iam.AttachRolePolicyRequest;
import io.coffer.model.iam.CreatePolicyVersionRequest;
import io.coffer.model.iam.CreateRoleRequest;
import io.coffer.model.iam.DeleteRolePermissionsBoundaryRequest;
import io.coffer.model.iam.GetRoleRequest;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.PutRolePermissionsBoundaryRequest;
import io.coffer.model.iam.PutRolePolicyRequest;
import io.coffer.model.iam.SetDefaultPolicyVersionRequest;
import io.coffer.model.iam.SimulatePrincipalPolicyRequest;
import io.coffer.model.iam.Tag;
import io.coffer.model.iam.TagRoleRequest;
import io.coffer.model.iam.UpdateAssumeRolePolicyRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Who may change a little of IAM gets no more by it. Source: IAM User Guide, "Permissions
 * boundaries for IAM entities", "Delegating responsibility to others using permissions boundaries",
 * and "Using IAM policy conditions".
 */
class EscalationTest {
  private static final String MOST = "arn:aws:iam::111111111111:policy/most";

  private final Iam iam = new Iam();

  private void denied(Operation operation, Object request, Caller caller) {
    iam.refused(CommonError.ACCESS_DENIED, operation, request, caller);
  }

  private static String allow(String actions, String resource, String condition) {
    return """
    [{"Effect": "Allow", "Action": [%s], "Resource": "%s", "Condition": {%s}}]\
    """
        .formatted(actions, resource, condition);
  }

  private static PutRolePolicyRequest inline(String role) {
    return PutRolePolicyRequest.builder()
        .roleName(role)
        .policyName("own")
        .policyDocument(Iam.S3_ALL)
        .build();
  }

  private static AttachRolePolicyRequest attachment(String role, String arn) {
    return AttachRolePolicyRequest.builder().roleName(role).policyArn(arn).build();
  }

  private void boundRole(String name) {
    iam.call(
        Operation.CREATE_ROLE,
        CreateRoleRequest.builder()
            .roleName(name)
            .assumeRolePolicyDocument(Iam.TRUST_ALL)
            .permissionsBoundary(MOST)
            .build());
  }

  @Test
  void whoMayChangeOneRoleMayNotChangeAnother() {
    iam.role("worker");
    iam.role("admin");
    var user =
        iam.user(
            "deputy", allow("\"iam:PutRolePolicy\"", "arn:aws:iam::111111111111:role/worker", ""));
    iam.call(Operation.PUT_ROLE_POLICY, inline("worker"), user);
    denied(Operation.PUT_ROLE_POLICY, inline("admin"), user);
    denied(Operation.PUT_ROLE_POLICY, inline("absent"), user);
    denied(
        Operation.UPDATE_ASSUME_ROLE_POLICY,
        UpdateAssumeRolePolicyRequest.builder()
            .roleName("worker")
            .policyDocument(Iam.TRUST_ALL)
            .build(),
        user);
  }

  @Test
  void aPathInAPolicyIsNotReachedByAnotherRoleOfThatName() {
    iam.call(
        Operation.CREATE_ROLE,
        CreateRoleRequest.builder()
            .roleName("worker")
            .path("/secret/")
            .assumeRolePolicyDocument(Iam.TRUST_ALL)
            .build());
    var user =
        iam.user(
            "deputy", allow("\"iam:PutRolePolicy\"", "arn:aws:iam::111111111111:role/worker", ""));
    denied(Operation.PUT_ROLE_POLICY, inline("worker"), user);
  }

  @Test
  void whoMustSetABoundaryCannotMakeRolesWithoutItNorTakeItAway() {
    iam.policy("most", Iam.S3_ALL);
    iam.policy("least", Iam.S3_ALL);
    var user =
        iam.user(
            "deputy",
            allow(
                "\"iam:CreateRole\", \"iam:PutRolePolicy\", \"iam:AttachRolePolicy\","
                    + " \"iam:PutRolePermissionsBoundary\"",
                "*",
                "\"StringEquals\": {\"iam:PermissionsBoundary\": \"" + MOST + "\"}"));
    var creation =
        CreateRoleRequest.builder().roleName("own").assumeRolePolicyDocument(Iam.TRUST_ALL);
    denied(Operation.CREATE_ROLE, creation.build(), user);
    denied(
        Operation.CREATE_ROLE,
        creation.permissionsBoundary("arn:aws:iam::111111111111:policy/least").build(),
        user);
    iam.call(Operation.CREATE_ROLE, creation.permissionsBoundary(MOST).build(), user);
    iam.call(Operation.PUT_ROLE_POLICY, inline("own"), user);

    iam.role("free");
    denied(Operation.PUT_ROLE_POLICY, inline("free"), user);
    denied(
        Operation.ATTACH_ROLE_POLICY,
        attachment("free", "arn:aws:iam::aws:policy/AdministratorAccess"),
        user);
    denied(
        Operation.DELETE_ROLE_PERMISSIONS_BOUNDARY,
        DeleteRolePermissionsBoundaryRequest.builder().roleName("own").build(),
        user);
    denied(
        Operation.PUT_ROLE_PERMISSIONS_BOUNDARY,
        PutRolePermissionsBoundaryRequest.builder()
            .roleName("own")
            .permissionsBoundary("arn:aws:iam::aws:policy/AdministratorAccess")
            .build(),
        user);
  }

  @Test
  void whoMayNotTakeABoundaryAwayCannot() {
    iam.policy("most", Iam.S3_ALL);
    boundRole("worker");
    var user =
        iam.user(
            "deputy",
            """
            [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"},
             {"Effect": "Deny", "Action": "iam:DeleteRolePermissionsBoundary", "Resource": "*",
              "Condition": {"StringEquals": {"iam:PermissionsBoundary": "%s"}}}]
            """
                .formatted(MOST));
    denied(
        Operation.DELETE_ROLE_PERMISSIONS_BOUNDARY,
        DeleteRolePermissionsBoundaryRequest.builder().roleName("worker").build(),
        user);
  }

  @Test
  void onlyListedPoliciesAreAttachedByWhoIsToldSo() {
    iam.role("worker");
    var user =
        iam.user(
            "deputy",
            allow(
                "\"iam:AttachRolePolicy\"",
                "*",
                "\"ArnEquals\": {\"iam:PolicyARN\":"
                    + " \"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\"}"));
    iam.call(
        Operation.ATTACH_ROLE_POLICY,
        attachment("worker", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"),
        user);
    denied(
        Operation.ATTACH_ROLE_POLICY,
        attachment("worker", "arn:aws:iam::aws:policy/AdministratorAccess"),
        user);
  }

  @Test
  void whoMayReadPoliciesCannotBringAnotherVersionIntoForce() {
    var arn = iam.policy("most", Iam.S3_ALL);
    var user = iam.user("deputy", allow("\"iam:Get*\", \"iam:List*\"", "*", ""));
    denied(
        Operation.CREATE_POLICY_VERSION,
        CreatePolicyVersionRequest.builder()
            .policyArn(arn)
            .policyDocument(Iam.S3_ALL)
            .setAsDefault(true)
            .build(),
        user);
    denied(
        Operation.SET_DEFAULT_POLICY_VERSION,
        SetDefaultPolicyVersionRequest.builder().policyArn(arn).versionId("v1").build(),
        user);
    denied(
        Operation.SIMULATE_PRINCIPAL_POLICY,
        SimulatePrincipalPolicyRequest.builder()
            .policySourceArn("arn:aws:iam::111111111111:user/deputy")
            .actionNames(List.of("s3:GetObject"))
            .build(),
        user);
  }

  @Test
  void tagsThatPermitAreNotGivenByWhoMayNotGiveThem() {
    iam.role("worker");
    var red = List.of(Tag.builder().key("Team").value("red").build());
    iam.call(Operation.TAG_ROLE, TagRoleRequest.builder().roleName("worker").tags(red).build());
    iam.role("other");
    var user =
        iam.user(
            "deputy",
            """
            [{"Effect": "Allow", "Action": ["iam:PutRolePolicy", "iam:TagRole"], "Resource": "*",
              "Condition": {"StringEquals": {"aws:ResourceTag/team": "red"}}},
             {"Effect": "Allow", "Action": "iam:CreateRole", "Resource": "*"},
             {"Effect": "Deny", "Action": "iam:TagRole", "Resource": "*",
              "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}}]
            """);
    iam.call(Operation.PUT_ROLE_POLICY, inline("worker"), user);
    denied(Operation.PUT_ROLE_POLICY, inline("other"), user);
    denied(Operation.TAG_ROLE, TagRoleRequest.builder().roleName("other").tags(red).build(), user);
    denied(
        Operation.TAG_ROLE,
        TagRoleRequest.builder()
            .roleName("worker")
            .tags(List.of(Tag.builder().key("team").value("blue").build()))
            .build(),
        user);
    denied(
        Operation.CREATE_ROLE,
        CreateRoleRequest.builder()
            .roleName("mine")
            .assumeRolePolicyDocument(Iam.TRUST_ALL)
            .tags(red)
            .build(),
        user);
  }

  @Test
  void whatIsDeniedTellsNothingOfWhatExists() {
    iam.role("worker");
    var user = iam.user("deputy", allow("\"iam:ListRoles\"", "*", ""));
    var there =
        iam.refused(
            CommonError.ACCESS_DENIED,
            Operation.GET_ROLE,
            GetRoleRequest.builder().roleName("worker").build(),
            user);
    var absent =
        iam.refused(
            CommonError.ACCESS_DENIED,
            Operation.GET_ROLE,
            GetRoleRequest.builder().roleName("absent").build(),
            user);
    assertTrue(there.replace("worker", "absent").equals(absent), there);
  }

  @Test
  void anotherAccountsRootSeesNothingOfThisOne() {
    iam.role("worker");
    iam.refused(
        IamError.NO_SUCH_ENTITY,
        Operation.GET_ROLE,
        GetRoleRequest.builder().roleName("worker").build(),
        new Caller.Root(Iam.OTHER, "AKIAOTHER"));
  }
}
