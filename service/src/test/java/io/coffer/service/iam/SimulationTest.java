package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.CommonError;
import io.coffer.model.iam.AttachRolePolicyRequest;
import io.coffer.model.iam.ContextEntry;
import io.coffer.model.iam.ContextKeyTypeEnum;
import io.coffer.model.iam.EntityType;
import io.coffer.model.iam.EvaluationResult;
import io.coffer.model.iam.GetAccountAuthorizationDetailsRequest;
import io.coffer.model.iam.GetAccountAuthorizationDetailsResponse;
import io.coffer.model.iam.GetContextKeysForCustomPolicyRequest;
import io.coffer.model.iam.GetContextKeysForPolicyResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.PolicyEvaluationDecisionType;
import io.coffer.model.iam.PolicySourceType;
import io.coffer.model.iam.PutRolePermissionsBoundaryRequest;
import io.coffer.model.iam.SimulateCustomPolicyRequest;
import io.coffer.model.iam.SimulatePolicyResponse;
import io.coffer.model.iam.SimulatePrincipalPolicyRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  private static final String WORKER = "arn:aws:iam::111111111111:role/worker";
  private static final String OBJECT = "arn:aws:s3:::photos/cat.jpg";

  private final Iam iam = new Iam();

  private static String policy(String statements) {
    return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}";
  }

  private static SimulateCustomPolicyRequest.Builder custom(String policy) {
    return SimulateCustomPolicyRequest.builder()
        .policyInputList(List.of(policy))
        .actionNames(List.of("s3:GetObject"))
        .resourceArns(List.of(OBJECT));
  }

  private EvaluationResult only(SimulateCustomPolicyRequest.Builder request) {
    SimulatePolicyResponse answer = iam.call(Operation.SIMULATE_CUSTOM_POLICY, request.build());
    return requireNonNull(answer.evaluationResults()).get(0);
  }

  private EvaluationResult only(SimulatePrincipalPolicyRequest request) {
    SimulatePolicyResponse answer = iam.call(Operation.SIMULATE_PRINCIPAL_POLICY, request);
    return requireNonNull(answer.evaluationResults()).get(0);
  }

  @Test
  void theStatementThatAllowsIsToldWithItsPlace() {
    var result =
        only(
            custom(
                """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "s3:List*", "Resource": "*"},
                  {"Effect": "Allow",
                   "Action": "s3:Get*", "Resource": "*"}
                ]}\
                """));
    assertEquals(PolicyEvaluationDecisionType.ALLOWED, result.evalDecision());
    var statement = requireNonNull(result.matchedStatements()).get(0);
    assertEquals("PolicyInputList.1", statement.sourcePolicyId());
    assertEquals(3, requireNonNull(statement.startPosition()).line());
    assertEquals(3, requireNonNull(statement.startPosition()).column());
    assertEquals(4, requireNonNull(statement.endPosition()).line());
    assertEquals(41, requireNonNull(statement.endPosition()).column());
    assertEquals(1, requireNonNull(result.matchedStatements()).size());
  }

  @Test
  void aDenialIsToldAlone() {
    var result =
        only(
            custom(
                policy(
                    """
                    {"Effect": "Allow", "Action": "*", "Resource": "*"},
                    {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}
                    """)));
    assertEquals(PolicyEvaluationDecisionType.EXPLICIT_DENY, result.evalDecision());
    assertEquals(1, requireNonNull(result.matchedStatements()).size());
  }

  @Test
  void whatIsNotGivenIsToldAsMissingAndCanBeGiven() {
    var policy =
        policy(
            """
            {"Effect": "Allow", "Action": "s3:*",
             "Resource": "arn:aws:s3:::photos/${aws:username}*",
             "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}}
            """);
    var result = only(custom(policy));
    assertEquals(PolicyEvaluationDecisionType.IMPLICIT_DENY, result.evalDecision());
    assertEquals(List.of("aws:SourceIp", "aws:username"), result.missingContextValues());
    var given =
        List.of(
            ContextEntry.builder()
                .contextKeyName("AWS:sourceip")
                .contextKeyType(ContextKeyTypeEnum.IP)
                .contextKeyValues(List.of("192.0.2.7"))
                .build(),
            ContextEntry.builder()
                .contextKeyName("aws:username")
                .contextKeyType(ContextKeyTypeEnum.STRING)
                .contextKeyValues(List.of("cat"))
                .build());
    var allowed = only(custom(policy).contextEntries(given));
    assertEquals(PolicyEvaluationDecisionType.ALLOWED, allowed.evalDecision());
    assertEquals(List.of(), allowed.missingContextValues());
  }

  @Test
  void aBoundaryIsToldApart() {
    var boundary = policy("{\"Effect\": \"Allow\", \"Action\": \"s3:List*\", \"Resource\": \"*\"}");
    var result = only(custom(Iam.S3_ALL).permissionsBoundaryPolicyInputList(List.of(boundary)));
    assertEquals(PolicyEvaluationDecisionType.IMPLICIT_DENY, result.evalDecision());
    assertEquals(
        Boolean.FALSE,
        requireNonNull(result.permissionsBoundaryDecisionDetail()).allowedByPermissionsBoundary());
    assertNull(only(custom(Iam.S3_ALL)).permissionsBoundaryDecisionDetail());
  }

  @Test
  void theResourcesPolicyIsOfACaller() {
    var resource =
        policy(
            """
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:user/ann"},
             "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}
            """);
    var nothing = policy("{\"Effect\": \"Allow\", \"Action\": \"iam:*\", \"Resource\": \"*\"}");
    iam.refused(
        IamError.INVALID_INPUT,
        Operation.SIMULATE_CUSTOM_POLICY,
        custom(nothing).resourcePolicy(resource).build());
    var ann = custom(nothing).resourcePolicy(resource);
    var result = only(ann.callerArn("arn:aws:iam::111111111111:user/ann"));
    assertEquals(PolicyEvaluationDecisionType.ALLOWED, result.evalDecision());
    assertEquals(
        PolicySourceType.RESOURCE,
        requireNonNull(result.matchedStatements()).get(0).sourcePolicyType());
    var foreign = only(ann.resourceOwner("arn:aws:iam::222222222222:root"));
    assertEquals(PolicyEvaluationDecisionType.IMPLICIT_DENY, foreign.evalDecision());
    assertEquals(
        PolicyEvaluationDecisionType.ALLOWED,
        requireNonNull(foreign.evalDecisionDetails()).get("Resource Policy"));
  }

  @Test
  void allActionsWithAllResourcesComePageByPage() {
    var request =
        custom(Iam.S3_ALL)
            .actionNames(List.of("s3:GetObject", "iam:GetUser"))
            .resourceArns(List.of(OBJECT, "arn:aws:s3:::other"))
            .maxItems(3);
    var seen = new ArrayList<String>();
    String marker = null;
    do {
      SimulatePolicyResponse page =
          iam.call(Operation.SIMULATE_CUSTOM_POLICY, request.marker(marker).build());
      for (var result : requireNonNull(page.evaluationResults())) {
        seen.add(result.evalActionName() + " " + requireNonNull(result.evalDecision()).wire());
      }
      marker = page.marker();
    } while (marker != null);
    assertEquals(
        List.of(
            "s3:GetObject allowed",
            "s3:GetObject allowed",
            "iam:GetUser implicitDeny",
            "iam:GetUser implicitDeny"),
        seen);
    iam.refused(
        CommonError.VALIDATION_ERROR,
        Operation.SIMULATE_CUSTOM_POLICY,
        request.marker("AAAA").build());
  }

  @Test
  void aPageEndsEarlyWhenManyStatementsApply() {
    var statement = "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}";
    var many = policy(String.join(",", Collections.nCopies(2_000, statement)));
    var request = custom(many).resourceArns(Collections.nCopies(50, OBJECT));
    SimulatePolicyResponse page = iam.call(Operation.SIMULATE_CUSTOM_POLICY, request.build());
    assertEquals(5, requireNonNull(page.evaluationResults()).size());
    assertEquals(Boolean.TRUE, page.isTruncated());
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:*", "GetObject", "s3:Get?bject", "s3:"})
  void anActionIsOneAction(String action) {
    iam.refused(
        IamError.INVALID_INPUT,
        Operation.SIMULATE_CUSTOM_POLICY,
        custom(Iam.S3_ALL).actionNames(List.of(action)).build());
  }

  @Test
  void aRoleIsSimulatedWithAllThatItHas() {
    iam.role("worker");
    iam.call(
        Operation.ATTACH_ROLE_POLICY,
        AttachRolePolicyRequest.builder()
            .roleName("worker")
            .policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
            .build());
    var request =
        SimulatePrincipalPolicyRequest.builder()
            .policySourceArn(WORKER)
            .actionNames(List.of("s3:GetObject"))
            .build();
    var result = only(request);
    assertEquals(PolicyEvaluationDecisionType.ALLOWED, result.evalDecision());
    assertEquals("*", result.evalResourceName());
    var statement = requireNonNull(result.matchedStatements()).get(0);
    assertEquals("AmazonS3ReadOnlyAccess", statement.sourcePolicyId());
    assertEquals(PolicySourceType.AWS_MANAGED, statement.sourcePolicyType());

    iam.call(
        Operation.PUT_ROLE_PERMISSIONS_BOUNDARY,
        PutRolePermissionsBoundaryRequest.builder()
            .roleName("worker")
            .permissionsBoundary("arn:aws:iam::aws:policy/IAMFullAccess")
            .build());
    assertEquals(PolicyEvaluationDecisionType.IMPLICIT_DENY, only(request).evalDecision());
  }

  @ParameterizedTest
  @ValueSource(strings = {WORKER, "arn:aws:iam::222222222222:role/worker", "no arn at all......"})
  void whoIsNotHereIsNotSimulated(String arn) {
    iam.refused(
        arn.equals(WORKER) ? IamError.NO_SUCH_ENTITY : IamError.INVALID_INPUT,
        Operation.SIMULATE_PRINCIPAL_POLICY,
        SimulatePrincipalPolicyRequest.builder()
            .policySourceArn(arn)
            .actionNames(List.of("s3:GetObject"))
            .build());
  }

  @Test
  void theKeysOfConditionsAndVariablesAreTold() {
    GetContextKeysForPolicyResponse answer =
        iam.call(
            Operation.GET_CONTEXT_KEYS_FOR_CUSTOM_POLICY,
            GetContextKeysForCustomPolicyRequest.builder()
                .policyInputList(
                    List.of(
                        policy(
                            """
                            {"Effect": "Allow", "Action": "s3:*",
                             "Resource": "arn:aws:s3:::x/${aws:username}",
                             "Condition": {"StringLike": {"s3:prefix": "${aws:userid}*",
                               "aws:UserName": "x"}}}
                            """)))
                .build());
    assertEquals(List.of("aws:userid", "aws:UserName", "s3:prefix"), answer.contextKeyNames());
  }

  @Test
  void detailsOfAnAccountComeSectionBySection() {
    iam.policy("own", Iam.S3_ALL);
    iam.user("ann", "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}");
    iam.role("worker");
    iam.call(
        Operation.ATTACH_ROLE_POLICY,
        AttachRolePolicyRequest.builder()
            .roleName("worker")
            .policyArn("arn:aws:iam::aws:policy/IAMFullAccess")
            .build());
    var seen = new ArrayList<String>();
    String marker = null;
    do {
      GetAccountAuthorizationDetailsResponse page =
          iam.call(
              Operation.GET_ACCOUNT_AUTHORIZATION_DETAILS,
              GetAccountAuthorizationDetailsRequest.builder().maxItems(1).marker(marker).build());
      requireNonNull(page.userDetailList()).forEach(u -> seen.add("user " + u.userName()));
      requireNonNull(page.roleDetailList()).forEach(r -> seen.add("role " + r.roleName()));
      requireNonNull(page.policies()).forEach(p -> seen.add("policy " + p.policyName()));
      marker = page.marker();
    } while (marker != null);
    assertEquals(List.of("user ann", "role worker", "policy own", "policy IAMFullAccess"), seen);
    GetAccountAuthorizationDetailsResponse roles =
        iam.call(
            Operation.GET_ACCOUNT_AUTHORIZATION_DETAILS,
            GetAccountAuthorizationDetailsRequest.builder()
                .filter(List.of(EntityType.ROLE))
                .build());
    assertTrue(requireNonNull(roles.userDetailList()).isEmpty());
    assertEquals(1, requireNonNull(roles.roleDetailList()).size());
  }
}
