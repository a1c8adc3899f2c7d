package io.coffer.service.identity;

import io.coffer.auth.Caller;
import io.coffer.auth.Session;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.auth.policy.Decision;
import io.coffer.auth.policy.Evaluator;
import io.coffer.auth.policy.Explanation;
import io.coffer.auth.policy.NamedPolicy;
import io.coffer.auth.policy.RequestContext;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.service.Context;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a caller may do something, by all policies that have a say; the only place where the
 * evaluator is asked for a request. Thread-safe.
 */
public final class Access implements Judge {
  private static final System.Logger LOG = System.getLogger(Access.class.getName());

  private final Permits permits;

  public Access(Permits permits) {
    this.permits = permits;
  }

  @Override
  public Optional<Decision> decide(
      Context context,
      String action,
      String resource,
      ConditionValues values,
      @Nullable NamedPolicy resourcePolicy,
      String resourceAccount) {
    var found = permits.of(context.caller());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var all = SessionValues.of(context.caller(), values);
    return Optional.of(
        decide(context, found.get(), action, resource, all, resourcePolicy, resourceAccount));
  }

  /** As {@link #decide}, and why; slower, and nothing is logged. */
  public Optional<Explanation> explain(
      Context context,
      String action,
      String resource,
      ConditionValues values,
      @Nullable NamedPolicy resourcePolicy,
      String resourceAccount) {
    var all = SessionValues.of(context.caller(), values);
    return permits
        .of(context.caller())
        .map(
            permissions ->
                Evaluator.explain(
                    new RequestContext(permissions.principal(), action, resource, all),
                    permissions.with(resourcePolicy, resourceAccount)));
  }

  /**
   * Decides about somebody who is not the caller that signed: a web identity.
   *
   * @param permissions who it is, and what its own policies say
   */
  public Decision decide(
      Context context,
      Permissions permissions,
      String action,
      String resource,
      ConditionValues values,
      @Nullable NamedPolicy resourcePolicy,
      String resourceAccount) {
    var request = new RequestContext(permissions.principal(), action, resource, values);
    var policies = permissions.with(resourcePolicy, resourceAccount);
    var decision = Evaluator.decide(request, policies);
    if (!decision.allowed() && LOG.isLoggable(Level.DEBUG)) {
      LOG.log(
          Level.DEBUG,
          "Request %s is denied %s on %s: %s"
              .formatted(
                  context.requestId(),
                  action,
                  resource,
                  Evaluator.explain(request, policies).text()));
    }
    return decision;
  }

  /**
   * Demands that the caller's own policies allow something in its own account.
   *
   * @param action such as iam:CreateUser
   * @param resource its ARN; "*" for none
   * @param values condition keys of the request, without those of its circumstances
   * @throws QueryException AccessDenied, in AWS's words; InvalidClientTokenId when the caller's
   *     user or role is no more
   */
  public void require(
      Context context, String action, String resource, ConditionValues.Builder values) {
    if (!(context.caller() instanceof Caller.Known known)) {
      throw CommonError.MISSING_AUTHENTICATION_TOKEN.exception(
          "Request is missing Authentication Token");
    }
    if (action.startsWith("iam:") && isShutOutOfIam(known)) {
      throw invalidToken();
    }
    var decision =
        decide(context, action, resource, values.build(), null, known.account().id())
            .orElseThrow(Access::invalidToken);
    if (decision instanceof Decision.Denied denied) {
      throw denied(known, action, resource, denied);
    }
  }

  /** Demands that the caller's user or role is still there; no policy is asked. */
  public void requireAlive(Context context) {
    if (permits.of(context.caller()).isEmpty()) {
      throw invalidToken();
    }
  }

  /**
   * Sessions of GetFederationToken, and those of GetSessionToken without a second factor, cannot
   * call IAM. Source: IAM User Guide, "Compare AWS STS credentials".
   */
  private static boolean isShutOutOfIam(Caller.Known caller) {
    return caller instanceof Caller.InSession in
        && !(in.session().identity() instanceof Session.OfRole);
  }

  private static QueryException invalidToken() {
    return CommonError.INVALID_CLIENT_TOKEN_ID.exception(
        "The security token included in the request is invalid.");
  }

  private static QueryException denied(
      Caller.Known caller, String action, String resource, Decision.Denied denied) {
    var because =
        switch (denied) {
          case Decision.ExplicitlyDenied explicitly -> "with an explicit deny";
          case Decision.ImplicitlyDenied implicitly ->
              "because no %s allows the %s action"
                  .formatted(
                      switch (implicitly.missing()) {
                        case IDENTITY -> "identity-based policy";
                        case BOUNDARY -> "permissions boundary";
                        case SESSION -> "session policy";
                        case RESOURCE -> "resource-based policy";
                      },
                      action);
        };
    return CommonError.ACCESS_DENIED.exception(
        "User: %s is not authorized to perform: %s on resource: %s %s"
            .formatted(caller.arn(), action, resource, because));
  }
}
