package io.coffer.service.sts;

import io.coffer.model.sts.GetSessionTokenRequest;
import io.coffer.model.sts.GetSessionTokenResponse;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.identity.Access;
import java.util.List;

/**
 * GetSessionToken: temporary credentials of the user or root that asks. No permission is needed.
 */
final class GetSessionToken implements Handler<GetSessionTokenRequest, GetSessionTokenResponse> {
  private final Access access;
  private final IssuedSessions sessions;

  GetSessionToken(Access access, IssuedSessions sessions) {
    this.access = access;
    this.sessions = sessions;
  }

  @Override
  public GetSessionTokenResponse handle(GetSessionTokenRequest request, Context context) {
    var identity = StsCallers.withOwnKey(context, "GetSessionToken");
    access.requireAlive(context);
    StsCallers.refuseDevices(request.serialNumber(), request.tokenCode());
    var wanted =
        new IssuedSessions.Wanted(
            StsCallers.known(context).account(),
            identity,
            StsCallers.seconds(identity, request.durationSeconds()),
            new SessionPolicies(List.of(), List.of()),
            SessionTags.NONE,
            null);
    var issued = sessions.issue(wanted, context.circumstances().time());
    return GetSessionTokenResponse.builder().credentials(issued.credentials()).build();
  }
}
