package io.coffer.auth.policy;

import io.coffer.auth.Arns;
import io.coffer.auth.policy.Principal.AssumedRole;
import io.coffer.auth.policy.Principal.FederatedUser;
import io.coffer.auth.policy.Principal.FederatedUser.Issuer.ByUser;
import io.coffer.auth.policy.Principal.Service;
import io.coffer.auth.policy.Principal.User;
import io.coffer.auth.policy.Principal.WebIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The names by which a policy may call a caller, from the whole account to the caller itself.
 *
 * @param account id of the account; null for who has none
 * @param entity ARN of the role or user behind a session; null if there is none
 * @param entityId its unique id; null likewise
 * @param self ARN of the caller; of root that of the account
 * @param selfId unique id of a user
 * @param provider identity provider of a session
 * @param service name of a service
 */
record PrincipalNames(
    @Nullable String account,
    @Nullable String canonicalId,
    @Nullable String entity,
    @Nullable String entityId,
    String self,
    @Nullable String selfId,
    @Nullable String provider,
    @Nullable String service) {
  static PrincipalNames of(Principal principal) {
    var account = principal.account();
    String id = account == null ? null : account.id();
    String canonical = account == null ? null : account.canonicalId();
    var self = principal.arn();
    return switch (principal) {
      case User user -> new PrincipalNames(id, canonical, null, null, self, user.id(), null, null);
      case AssumedRole role ->
          new PrincipalNames(
              id, canonical, role.roleArn(), role.roleId(), self, null, role.provider(), null);
      case FederatedUser federated when federated.issuer() instanceof ByUser by ->
          new PrincipalNames(
              id, canonical, by.user().arn(), by.user().id(), self, null, null, null);
      case WebIdentity web ->
          new PrincipalNames(id, canonical, null, null, self, null, web.provider(), null);
      case Service service ->
          new PrincipalNames(id, canonical, null, null, self, null, null, service.name());
      default -> new PrincipalNames(id, canonical, null, null, self, null, null, null);
    };
  }

  /** Whether the caller is the root of its account, which is called as the account is. */
  boolean isRoot() {
    return account != null && self.equals(Arns.root(account));
  }
}
