package io.coffer.service.sts;

import io.coffer.auth.Caller;
import io.coffer.auth.Session;
import io.coffer.model.CommonError;
import io.coffer.model.sts.GetCallerIdentityRequest;
import io.coffer.model.sts.GetCallerIdentityResponse;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.identity.Access;

/** GetCallerIdentity: who asks. No permission is needed to be told. */
public final class GetCallerIdentity
    implements Handler<GetCallerIdentityRequest, GetCallerIdentityResponse> {
  private final Access access;

  public GetCallerIdentity(Access access) {
    this.access = access;
  }

  @Override
  public GetCallerIdentityResponse handle(GetCallerIdentityRequest request, Context context) {
    access.requireAlive(context);
    return switch (context.caller()) {
      case Caller.Known known ->
          GetCallerIdentityResponse.builder()
              .userId(userId(known))
              .account(known.account().id())
              .arn(known.arn())
              .build();
      case Caller.Anonymous ignored ->
          throw CommonError.MISSING_AUTHENTICATION_TOKEN.exception(
              "Request is missing Authentication Token");
    };
  }

  /** Source: IAM User Guide, "IAM policy elements: Variables and tags", "Principal key values". */
  private static String userId(Caller.Known caller) {
    return switch (caller) {
      case Caller.Root root -> root.account().id();
      case Caller.User user -> user.id();
      case Caller.InSession in -> {
        var account = in.account().id();
        yield switch (in.session().identity()) {
          case Session.OfRoot root -> account;
          case Session.OfUser user -> user.id();
          case Session.OfRole role -> role.id() + ":" + role.sessionName();
          case Session.Federated federated -> account + ":" + federated.name();
        };
      }
    };
  }
}
