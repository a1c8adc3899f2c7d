package io.coffer.service.sts;

import static io.coffer.service.sts.StsWorld.ALICE;
import static io.coffer.service.sts.StsWorld.MAIN;
import static io.coffer.service.sts.StsWorld.NOW;
import static io.coffer.service.sts.StsWorld.OTHER;
import static io.coffer.service.sts.StsWorld.ROOT;
import static io.coffer.service.sts.StsWorld.refused;
import static io.coffer.service.sts.StsWorld.trust;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Caller;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.CommonError;
import io.coffer.model.sts.AssumeRoleRequest;
import io.coffer.model.sts.PolicyDescriptorType;
import io.coffer.model.sts.StsError;
import io.coffer.model.sts.Tag;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssumeRoleTest {
  private static final String TAGGING = "\"sts:AssumeRole\", \"sts:TagSession\"";
  private static final String NAMING = "\"sts:AssumeRole\", \"sts:SetSourceIdentity\"";

  private final StsWorld world = new StsWorld();

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private String denied(Caller caller, Role role) {
    return refused(CommonError.ACCESS_DENIED, () -> world.assume(caller, role));
  }

  @Test
  void whomTheTrustPolicyNamesGetsASession() {
    var role = world.role(MAIN, "builder", trust(ALICE.arn()));
    var answer = world.assume(ALICE, role);
    var session = world.session(answer.credentials());
    assertEquals("arn:aws:sts::111111111111:assumed-role/builder/nightly", session.arn());
    assertEquals(NOW.plusSeconds(3_600), session.expires());
    var user = answer.assumedRoleUser();
    assertEquals("AROABUILDER:nightly", user == null ? null : user.assumedRoleId());
  }

  @Test
  void theAnswerIsTheSameWhetherTheRoleExistsOrNot() {
    var role = world.role(MAIN, "builder", trust(OTHER.id()));
    var there = denied(ALICE, role);
    assertEquals(
        "User: arn:aws:iam::111111111111:user/alice is not authorized to perform: sts:AssumeRole on"
            + " resource: arn:aws:iam::111111111111:role/builder",
        there);
    world.delete(Kind.ROLE, MAIN.id(), "builder");
    assertEquals(there, denied(ALICE, role));
  }

  @Test
  void whenTheTrustPolicyNamesTheAccountItsPoliciesDecide() {
    var role = world.role(MAIN, "builder", trust(MAIN.id()));
    denied(ALICE, role);
    world.user("carol", "AIDACAROL", Grants.NONE.withInline("all", StsWorld.ALL));
    world.assume(new Caller.User(MAIN, "/", "carol", "AIDACAROL", "AKIACAROL"), role);
  }

  @Test
  void acrossAccountsBothSidesMustAllow() {
    var role = world.role(OTHER, "builder", trust(ALICE.arn()));
    denied(ALICE, role);
    world.user("carol", "AIDACAROL", Grants.NONE.withInline("all", StsWorld.ALL));
    var carol = new Caller.User(MAIN, "/", "carol", "AIDACAROL", "AKIACAROL");
    denied(carol, role);
    var open = world.role(OTHER, "open", trust(MAIN.id()));
    var session = world.session(world.assume(carol, open).credentials());
    assertEquals(OTHER, session.account());
  }

  @Test
  void rootAndFederatedUsersAssumeNoRole() {
    var role = world.role(MAIN, "builder", trust("*"));
    denied(ROOT, role);
  }

  @Test
  void aRoleOfAnotherPathIsAnotherRole() {
    world.role(MAIN, "builder", trust(ALICE.arn()));
    var request =
        AssumeRoleRequest.builder()
            .roleArn("arn:aws:iam::111111111111:role/other/builder")
            .roleSessionName("nightly")
            .build();
    refused(
        CommonError.ACCESS_DENIED,
        () ->
            new AssumeRole(world.subjects, world.sessions)
                .handle(request, StsWorld.context(ALICE)));
  }

  @Test
  void whatIsNoArnOfARoleIsInvalid() {
    for (var arn :
        List.of(
            "arn:aws:iam::111111111111:user/alice",
            "arn:aws:iam:::role/builder",
            "arn:aws:iam::111111111111:role/",
            "arn:aws:iam::111111111111:role/a b",
            "arn:aws:iam::1111111111111:role/builder",
            "twenty characters and more")) {
      refused(CommonError.VALIDATION_ERROR, () -> RoleArn.parse(arn));
    }
  }

  @Test
  void theExternalIdMustBeWhatTheTrustPolicySays() {
    var condition = "\"StringEquals\": {\"sts:ExternalId\": \"12345\"}";
    var role = world.role(MAIN, "builder", trust(ALICE.arn(), "\"sts:AssumeRole\"", condition));
    denied(ALICE, role);
    refused(CommonError.ACCESS_DENIED, () -> world.assume(ALICE, role, r -> r.externalId("54321")));
    world.assume(ALICE, role, r -> r.externalId("12345"));
  }

  @Test
  void aSessionLastsNoLongerThanTheRoleAllows() {
    var role = world.role(MAIN, "builder", trust(ALICE.arn()));
    var session =
        world.session(world.assume(ALICE, role, r -> r.durationSeconds(7_200)).credentials());
    assertEquals(NOW.plusSeconds(7_200), session.expires());
    assertEquals(
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        refused(
            CommonError.VALIDATION_ERROR,
            () -> world.assume(ALICE, role, r -> r.durationSeconds(7_201))));
  }

  @Test
  void aChainOfRolesLastsAnHourAtMost() {
    var first = world.role(MAIN, "first", trust(ALICE.arn()));
    var second = world.role(MAIN, "second", trust(first.arn()));
    var chained = world.caller(world.assume(ALICE, first).credentials());
    world.assume(chained, second, r -> r.durationSeconds(3_600));
    assertEquals(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
            + " chaining.",
        refused(
            CommonError.VALIDATION_ERROR,
            () -> world.assume(chained, second, r -> r.durationSeconds(3_601))));
  }

  @Test
  void tagsNeedAPermissionOfTheirOwn() {
    var plain = world.role(MAIN, "plain", trust(ALICE.arn()));
    var tags = List.of(tag("Team", "red"));
    assertTrue(
        refused(CommonError.ACCESS_DENIED, () -> world.assume(ALICE, plain, r -> r.tags(tags)))
            .contains("sts:TagSession"));
    var condition = "\"StringEquals\": {\"aws:RequestTag/team\": [\"red\"]}";
    var role = world.role(MAIN, "tagged", trust(ALICE.arn(), TAGGING, condition));
    var session = world.session(world.assume(ALICE, role, r -> r.tags(tags)).credentials());
    assertEquals(Map.of("Team", "red"), session.tags());
    refused(
        CommonError.ACCESS_DENIED,
        () -> world.assume(ALICE, role, r -> r.tags(List.of(tag("Team", "blue")))));
  }

  @Test
  void transitiveTagsAreHandedDownAndStay() {
    var first = world.role(MAIN, "first", trust(ALICE.arn(), TAGGING, ""));
    var second = world.role(MAIN, "second", trust(first.arn(), TAGGING, ""));
    var plain = world.role(MAIN, "plain", trust(first.arn()));
    var chained =
        world.caller(
            world
                .assume(
                    ALICE,
                    first,
                    r ->
                        r.tags(List.of(tag("Team", "red"), tag("Mood", "good")))
                            .transitiveTagKeys(List.of("Team")))
                .credentials());
    var session = world.session(world.assume(chained, second).credentials());
    assertEquals(Map.of("Team", "red"), session.tags());
    assertEquals(Set.of("Team"), session.transitiveTags());
    denied(chained, plain);
    refused(
        CommonError.INVALID_PARAMETER_VALUE,
        () -> world.assume(chained, second, r -> r.tags(List.of(tag("TEAM", "blue")))));
  }

  @Test
  void oddTagsAreRefused() {
    var role = world.role(MAIN, "tagged", trust(ALICE.arn(), TAGGING, ""));
    for (var tags : List.of(List.of(tag("a", "1"), tag("A", "2")), List.of(tag("AWS:x", "1")))) {
      refused(
          CommonError.INVALID_PARAMETER_VALUE, () -> world.assume(ALICE, role, r -> r.tags(tags)));
    }
    refused(
        CommonError.INVALID_PARAMETER_VALUE,
        () -> world.assume(ALICE, role, r -> r.transitiveTagKeys(List.of("missing"))));
  }

  @Test
  void theSourceIdentityIsSetOnceAndStays() {
    var first = world.role(MAIN, "first", trust(ALICE.arn(), NAMING, ""));
    var second = world.role(MAIN, "second", trust(first.arn(), NAMING, ""));
    var plain = world.role(MAIN, "plain", trust(first.arn()));
    var chained =
        world.caller(world.assume(ALICE, first, r -> r.sourceIdentity("alice@home")).credentials());
    var answer = world.assume(chained, second);
    assertEquals("alice@home", answer.sourceIdentity());
    assertEquals("alice@home", world.session(answer.credentials()).sourceIdentity());
    refused(
        CommonError.ACCESS_DENIED,
        () -> world.assume(chained, second, r -> r.sourceIdentity("mallory")));
    denied(chained, plain);
  }

  @Test
  void sessionPoliciesAreBounded() {
    var role = world.role(MAIN, "builder", trust(ALICE.arn()));
    refused(
        StsError.MALFORMED_POLICY_DOCUMENT, () -> world.assume(ALICE, role, r -> r.policy("{}")));
    refused(
        CommonError.VALIDATION_ERROR,
        () -> world.assume(ALICE, role, r -> r.policy(" ".repeat(2_049))));
    var arns = new ArrayList<PolicyDescriptorType>();
    arns.add(PolicyDescriptorType.builder().arn("arn:aws:iam::aws:policy/IAMFullAccess").build());
    var answer = world.assume(ALICE, role, r -> r.policy(StsWorld.ALL).policyArns(arns));
    assertTrue(Objects.requireNonNull(answer.packedPolicySize()) > 0);
    var session = world.session(answer.credentials());
    assertEquals(List.of(StsWorld.ALL), session.policies());
    assertEquals(List.of("arn:aws:iam::aws:policy/IAMFullAccess"), session.policyArns());
    arns.add(PolicyDescriptorType.builder().arn("arn:aws:iam::111111111111:policy/no").build());
    refused(CommonError.VALIDATION_ERROR, () -> world.assume(ALICE, role, r -> r.policyArns(arns)));
  }

  @Test
  void tagsThatCannotBePackedAreTooMany() {
    var role = world.role(MAIN, "tagged", trust(ALICE.arn(), TAGGING, ""));
    var random = new Random(3);
    var tags = new ArrayList<Tag>();
    for (int i = 0; i < 50; i++) {
      var value = new StringBuilder();
      while (value.length() < 240) {
        value.append(Long.toString(random.nextLong() & Long.MAX_VALUE, 36));
      }
      tags.add(tag("key" + i, value.toString()));
    }
    refused(StsError.PACKED_POLICY_TOO_LARGE, () -> world.assume(ALICE, role, r -> r.tags(tags)));
  }

  @Test
  void thereAreNoDevices() {
    var role = world.role(MAIN, "builder", trust(ALICE.arn()));
    refused(
        CommonError.ACCESS_DENIED,
        () -> world.assume(ALICE, role, r -> r.serialNumber("GAHT12345678").tokenCode("123456")));
  }

  @Test
  void aSessionEndsWithItsRole() {
    var role = world.role(MAIN, "builder", trust(ALICE.arn()));
    var caller = world.caller(world.assume(ALICE, role).credentials());
    world.subjects.access().requireAlive(StsWorld.context(caller));
    world.delete(Kind.ROLE, MAIN.id(), "builder");
    world.role(MAIN, "builder", trust(ALICE.arn()));
    assertTrue(world.subjects.permits().of(caller).isPresent(), "the same id in this test");
    world.delete(Kind.ROLE, MAIN.id(), "builder");
    refused(
        CommonError.INVALID_CLIENT_TOKEN_ID,
        () -> world.subjects.access().requireAlive(StsWorld.context(caller)));
  }

  @Test
  void theSessionsOfARoleAreRevokedByTheirTime() {
    var role = world.role(MAIN, "builder", trust(ALICE.arn()));
    var caller = world.caller(world.assume(ALICE, role).credentials());
    var revoking =
        """
        {"Version": "2012-10-17", "Statement": [
         {"Effect": "Allow", "Action": "iam:*", "Resource": "*"},
         {"Effect": "Deny", "Action": "*", "Resource": "*",
          "Condition": {"DateLessThan": {"aws:TokenIssueTime": "%s"}}}]}
        """;
    var access = world.subjects.access();
    for (var time : List.of(NOW, NOW.plusSeconds(1))) {
      var grants = Grants.NONE.withInline("revoke", revoking.formatted(time));
      world
          .subjects
          .entities()
          .edit(
              edit -> {
                var found =
                    world.subjects.entities().find(Kind.ROLE, MAIN.id(), "builder").orElseThrow();
                edit.replace(Kind.ROLE, found, found.value().withGrants(grants));
                return found;
              });
      var context = StsWorld.context(caller);
      if (time.equals(NOW)) {
        access.require(context, "iam:GetUser", "*", ConditionValues.builder());
      } else {
        refused(
            CommonError.ACCESS_DENIED,
            () -> access.require(context, "iam:GetUser", "*", ConditionValues.builder()));
      }
    }
  }
}
