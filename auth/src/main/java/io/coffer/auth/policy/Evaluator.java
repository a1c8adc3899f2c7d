package io.coffer.auth.policy;

import io.coffer.auth.policy.Decision.Allowed;
import io.coffer.auth.policy.Decision.ExplicitlyDenied;
import io.coffer.auth.policy.Decision.ImplicitlyDenied;
import io.coffer.auth.policy.Decision.Missing;
import io.coffer.auth.policy.Principal.FederatedUser;
import io.coffer.auth.policy.Principal.FederatedUser.Issuer.ByRoot;
import io.coffer.auth.policy.Principal.Root;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is allowed; a pure function. Source: IAM User Guide, "Policy evaluation
 * logic" and "Cross-account policy evaluation logic".
 *
 * <p>A statement that denies, in whatever policy, decides. Otherwise, when the caller is of the
 * account that owns the resource:
 *
 * <ul>
 *   <li>root is allowed;
 *   <li>the resource's policy alone allows what it allows to the caller by name, or to everyone;
 *   <li>what it allows to the role or user behind a session must be allowed by boundary and session
 *       policies too;
 *   <li>what it allows to the account it leaves to the identity's policies; they must allow it, and
 *       boundary and session policies too.
 * </ul>
 *
 * A caller of another account needs its own account's policies (identity, boundary, session) and
 * the resource's. Who has no account needs the resource's. A trust policy must allow in any case.
 */
public final class Evaluator {
  private final RequestContext request;
  private final PolicySet policies;

  private Evaluator(RequestContext request, PolicySet policies) {
    this.request = request;
    this.policies = policies;
  }

  /** Decides about a request. */
  public static Decision decide(RequestContext request, PolicySet policies) {
    return new Evaluator(request, policies).decide();
  }

  /** Decides about a request, and says why in words; slower. */
  public static Explanation explain(RequestContext request, PolicySet policies) {
    return Explainer.explain(request, policies, decide(request, policies));
  }

  /**
   * Root of the owner can mend a bucket policy that locks everyone out, unless in a session that
   * was given less. Source: S3 API Reference, "PutBucketPolicy".
   */
  static boolean isMending(RequestContext request, PolicySet policies) {
    return request.principal() instanceof Root root
        && policies.session().isEmpty()
        && root.account().id().equals(policies.resourceAccount())
        && switch (request.lowerAction()) {
          case "s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy" -> true;
          default -> false;
        };
  }

  private Decision decide() {
    if (isMending(request, policies)) {
      return new Allowed(null);
    }
    var resource = Search.of(request, policies, Layer.RESOURCE);
    var boundary = Search.of(request, policies, Layer.BOUNDARY);
    var session = Search.of(request, policies, Layer.SESSION);
    var identity = Search.of(request, policies, Layer.IDENTITY);
    var denial = first(resource.deny(), identity.deny(), boundary.deny(), session.deny());
    if (denial != null) {
      return new ExplicitlyDenied(denial);
    }
    var limit = limit(boundary, session);
    var own = isRoot() || identity.allow() != null ? limit : Missing.IDENTITY;
    var account = request.principal().account();
    if (account != null && account.id().equals(policies.resourceAccount())) {
      return decideWithinAccount(own, limit, identity, resource);
    }
    if (account != null && own != null) {
      return new ImplicitlyDenied(own);
    }
    return resource.allow() == null
        ? new ImplicitlyDenied(Missing.RESOURCE)
        : new Allowed(resource.allow());
  }

  private Decision decideWithinAccount(
      @Nullable Missing own, @Nullable Missing limit, Search identity, Search resource) {
    boolean trust =
        policies.resource() != null && policies.resource().policy().kind() == PolicyKind.TRUST;
    if (resource.grant() == Grant.SELF) {
      return new Allowed(resource.allow());
    }
    if (resource.grant() == Grant.ENTITY) {
      return limit == null ? new Allowed(resource.allow()) : new ImplicitlyDenied(limit);
    }
    if (own != null) {
      return new ImplicitlyDenied(own);
    }
    return trust && resource.allow() == null
        ? new ImplicitlyDenied(Missing.RESOURCE)
        : new Allowed(identity.allow());
  }

  /** Whether the caller may do everything in its account: root, and sessions that root made. */
  private boolean isRoot() {
    return request.principal() instanceof Root
        || (request.principal() instanceof FederatedUser federated
            && federated.issuer() instanceof ByRoot);
  }

  /** Which of boundary and session policies does not allow the request. */
  private @Nullable Missing limit(Search boundary, Search session) {
    if (policies.boundary() != null && boundary.allow() == null) {
      return Missing.BOUNDARY;
    }
    // A federated session has no permissions but those that it was given at its making.
    boolean limited = !policies.session().isEmpty() || request.principal() instanceof FederatedUser;
    return limited && session.allow() == null ? Missing.SESSION : null;
  }

  private static @Nullable Match first(@Nullable Match... matches) {
    for (var match : matches) {
      if (match != null) {
        return match;
      }
    }
    return null;
  }
}
