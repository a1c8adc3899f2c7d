package io.coffer.service.sts;

import io.coffer.auth.Arns;
import io.coffer.auth.Session;
import io.coffer.model.sts.FederatedUser;
import io.coffer.model.sts.GetFederationTokenRequest;
import io.coffer.model.sts.GetFederationTokenResponse;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.Entities;
import java.util.Map;
import java.util.Objects;

/**
 * GetFederationToken: a session for somebody for whom a user or root vouches. It may do what both
 * the issuer's policies and those that are handed over allow.
 */
final class GetFederationToken
    implements Handler<GetFederationTokenRequest, GetFederationTokenResponse> {
  private final Access access;
  private final Entities entities;
  private final IssuedSessions sessions;

  GetFederationToken(Access access, Entities entities, IssuedSessions sessions) {
    this.access = access;
    this.entities = entities;
    this.sessions = sessions;
  }

  @Override
  public GetFederationTokenResponse handle(GetFederationTokenRequest request, Context context) {
    var issuer = StsCallers.withOwnKey(context, "GetFederationToken");
    var caller = StsCallers.known(context);
    var account = caller.account();
    var name = Objects.requireNonNull(request.name());
    var policies = SessionPolicies.of(request.policy(), request.policyArns());
    policies.requireThere(entities, account.id());
    var tags = SessionTags.of(request.tags(), null, caller);
    int packed = PackedSize.of(policies, tags, Map.of());
    var resource = Arns.federatedUser(account.id(), name);
    for (var action : AssumableRole.actions("sts:GetFederationToken", tags, null)) {
      access.require(context, action, resource, AssumableRole.requested(context, tags));
    }
    var user = issuer instanceof Session.OfUser of ? of : null;
    var wanted =
        new IssuedSessions.Wanted(
            account,
            new Session.Federated(name, user),
            StsCallers.seconds(issuer, request.durationSeconds()),
            policies,
            tags,
            null);
    var issued = sessions.issue(wanted, context.circumstances().time());
    return GetFederationTokenResponse.builder()
        .credentials(issued.credentials())
        .federatedUser(
            FederatedUser.builder()
                .arn(issued.session().arn())
                .federatedUserId(account.id() + ":" + name)
                .build())
        .packedPolicySize(packed)
        .build();
  }
}
