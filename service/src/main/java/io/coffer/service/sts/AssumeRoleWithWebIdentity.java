package io.coffer.service.sts;

import io.coffer.auth.Caller;
import io.coffer.auth.policy.Principal;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.sts.AssumeRoleWithWebIdentityRequest;
import io.coffer.model.sts.AssumeRoleWithWebIdentityResponse;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.Subjects;
import io.coffer.service.identity.Permissions;
import io.coffer.service.oidc.WebIdentities;
import io.coffer.service.oidc.WebIdentity;
import java.util.List;
import java.util.Objects;

/**
 * AssumeRoleWithWebIdentity: a session of a role for whom an OIDC provider vouches that the role's
 * account has registered. It is not signed; the token is the proof. Source: STS API Reference,
 * AssumeRoleWithWebIdentity.
 */
final class AssumeRoleWithWebIdentity
    implements Handler<AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse> {
  private static final String ACTION = "sts:AssumeRoleWithWebIdentity";

  private final Subjects subjects;
  private final IssuedSessions sessions;
  private final WebIdentities identities;

  AssumeRoleWithWebIdentity(Subjects subjects, IssuedSessions sessions, WebIdentities identities) {
    this.subjects = subjects;
    this.sessions = sessions;
    this.identities = identities;
  }

  @Override
  public AssumeRoleWithWebIdentityResponse handle(
      AssumeRoleWithWebIdentityRequest request, Context context) {
    if (request.providerId() != null) {
      throw CommonError.VALIDATION_ERROR.exception(
          "ProviderId is for OAuth 2.0 access tokens, which are not accepted; OpenID Connect tokens"
              + " name their issuer themselves.");
    }
    var arn = RoleArn.parse(request.roleArn());
    var name = Objects.requireNonNull(request.roleSessionName());
    var policies = SessionPolicies.of(request.policy(), request.policyArns());
    var token = Objects.requireNonNull(request.webIdentityToken());
    var identity = identities.verify(arn.account(), token, context.circumstances().time());
    var tags = SessionTags.of(identity.tags(), identity.transitiveTags(), new Caller.Anonymous());
    var role =
        AssumableRole.find(arn, subjects.accounts(), subjects.entities())
            .orElseThrow(() -> denied(ACTION));
    require(context, role, name, identity, tags);
    policies.requireThere(subjects.entities(), arn.account());
    int packed = PackedSize.of(policies, tags, identity.lasting());
    var wanted =
        new IssuedSessions.Wanted(
            role.account(),
            role.session(name),
            role.seconds(request.durationSeconds(), false),
            policies,
            tags,
            identity.sourceIdentity(),
            identity.providerArn(),
            identity.lasting());
    var issued = sessions.issue(wanted, context.circumstances().time());
    return AssumeRoleWithWebIdentityResponse.builder()
        .credentials(issued.credentials())
        .assumedRoleUser(AssumeRole.user(role, issued, name))
        .packedPolicySize(packed)
        .subjectFromWebIdentityToken(identity.subject())
        .provider(identity.issuer())
        .audience(identity.audience())
        .sourceIdentity(identity.sourceIdentity())
        .build();
  }

  private void require(
      Context context, AssumableRole role, String name, WebIdentity identity, SessionTags tags) {
    var nobodyElse =
        new Permissions(
            new Principal.WebIdentity(identity.providerArn()), List.of(), null, List.of());
    var trust = subjects.permits().trust(role.role());
    for (var action : AssumableRole.actions(ACTION, tags, identity.sourceIdentity())) {
      var values = role.values(context, name, tags, identity.sourceIdentity());
      identity.conditionValues().forEach(values::put);
      var decision =
          subjects
              .access()
              .decide(
                  context,
                  nobodyElse,
                  action,
                  role.role().arn(),
                  values.build(),
                  trust,
                  role.account().id());
      if (!decision.allowed()) {
        throw denied(action);
      }
    }
  }

  /** The same whether there is such a role or not. */
  private static QueryException denied(String action) {
    return CommonError.ACCESS_DENIED.exception("Not authorized to perform " + action);
  }
}
