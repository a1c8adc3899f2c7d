package io.coffer.service.sts;

import static io.coffer.service.sts.StsWorld.ALICE;
import static io.coffer.service.sts.StsWorld.MAIN;
import static io.coffer.service.sts.StsWorld.NOW;
import static io.coffer.service.sts.StsWorld.ROOT;
import static io.coffer.service.sts.StsWorld.context;
import static io.coffer.service.sts.StsWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Caller;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.CommonError;
import io.coffer.model.sts.GetFederationTokenRequest;
import io.coffer.model.sts.GetSessionTokenRequest;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** GetSessionToken and GetFederationToken. */
class OwnSessionsTest {
  private static final Caller.User CAROL =
      new Caller.User(MAIN, "/", "carol", "AIDACAROL", "AKIACAROL");

  private final StsWorld world = new StsWorld();

  OwnSessionsTest() {
    world.user("carol", "AIDACAROL", Grants.NONE.withInline("all", StsWorld.ALL));
  }

  private Caller.InSession session(Caller caller, @Nullable Integer seconds) {
    var request = GetSessionTokenRequest.builder().durationSeconds(seconds).build();
    var answer =
        new GetSessionToken(world.subjects.access(), world.sessions)
            .handle(request, context(caller));
    return world.caller(answer.credentials());
  }

  private Caller.InSession federated(Caller caller, @Nullable String policy) {
    var request = GetFederationTokenRequest.builder().name("bob").policy(policy).build();
    var answer =
        new GetFederationToken(world.subjects.access(), world.subjects.entities(), world.sessions)
            .handle(request, context(caller));
    return world.caller(answer.credentials());
  }

  private boolean may(Caller caller, String action) {
    return world
        .subjects
        .access()
        .decide(context(caller), action, "*", ConditionValues.none(), null, MAIN.id())
        .orElseThrow()
        .allowed();
  }

  @Test
  void aUsersSessionMayWhatTheUserMay() {
    assertTrue(may(session(CAROL, null), "s3:ListBucket"));
    assertEquals(false, may(session(ALICE, null), "s3:ListBucket"));
    assertEquals(CAROL.arn(), session(CAROL, null).arn());
  }

  @Test
  void itLastsHalfADayAndRootsAnHour() {
    assertEquals(NOW.plusSeconds(43_200), session(CAROL, null).session().expires());
    assertEquals(NOW.plusSeconds(900), session(CAROL, 900).session().expires());
    assertEquals(NOW.plusSeconds(129_600), session(CAROL, 129_600).session().expires());
    assertEquals(NOW.plusSeconds(3_600), session(ROOT, null).session().expires());
    assertEquals(NOW.plusSeconds(3_600), session(ROOT, 129_600).session().expires());
    assertEquals(NOW.plusSeconds(900), session(ROOT, 900).session().expires());
  }

  @Test
  void noSessionMakesAnother() {
    var own = session(CAROL, null);
    assertEquals(
        "Cannot call GetSessionToken with session credentials",
        refused(CommonError.ACCESS_DENIED, () -> session(own, null)));
    assertEquals(
        "Cannot call GetFederationToken with session credentials",
        refused(CommonError.ACCESS_DENIED, () -> federated(own, null)));
    refused(CommonError.MISSING_AUTHENTICATION_TOKEN, () -> session(new Caller.Anonymous(), null));
  }

  @Test
  void suchSessionsAreShutOutOfIam() {
    for (var caller : new Caller[] {session(CAROL, null), federated(CAROL, StsWorld.ALL)}) {
      refused(
          CommonError.INVALID_CLIENT_TOKEN_ID,
          () ->
              world
                  .subjects
                  .access()
                  .require(context(caller), "iam:GetUser", "*", ConditionValues.builder()));
    }
  }

  @Test
  void aUsersSessionsEndWithTheUser() {
    var own = session(CAROL, null);
    var other = federated(CAROL, StsWorld.ALL);
    world.delete(Kind.USER, MAIN.id(), "carol");
    assertTrue(world.subjects.permits().of(own).isEmpty());
    assertTrue(world.subjects.permits().of(other).isEmpty());
  }

  @Test
  void aFederatedUserHasWhatBothTheIssuerAndTheSessionsPolicyAllow() {
    var reading =
        """
        {"Version": "2012-10-17",
         "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}
        """;
    var bob = federated(CAROL, reading);
    assertEquals("arn:aws:sts::111111111111:federated-user/bob", bob.arn());
    assertTrue(may(bob, "s3:GetObject"));
    assertEquals(false, may(bob, "s3:PutObject"));
    assertEquals(false, may(federated(CAROL, null), "s3:GetObject"));
    assertTrue(may(federated(ROOT, reading), "s3:GetObject"));
  }

  @Test
  void vouchingNeedsAPermission() {
    assertTrue(
        refused(CommonError.ACCESS_DENIED, () -> federated(ALICE, StsWorld.ALL))
            .contains("sts:GetFederationToken"));
  }

  @Test
  void aSessionOfAUserAssumesRolesButAFederatedOneDoesNot() {
    var role = world.role(MAIN, "builder", StsWorld.trust(MAIN.id()));
    world.assume(session(CAROL, null), role);
    refused(CommonError.ACCESS_DENIED, () -> world.assume(federated(CAROL, StsWorld.ALL), role));
  }

  @Test
  void sessionsTellThatNoDeviceWasUsed() {
    var policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*",
         "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}},
         {"Effect": "Allow", "Action": "*", "Resource": "*"}]}
        """;
    world.user("dave", "AIDADAVE", Grants.NONE.withInline("device", policy));
    var dave = new Caller.User(MAIN, "/", "dave", "AIDADAVE", "AKIADAVE");
    assertTrue(may(dave, "s3:GetObject"));
    assertEquals(false, may(session(dave, null), "s3:GetObject"));
  }
}
