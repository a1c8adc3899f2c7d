package io.coffer.service.identity;

import io.coffer.auth.policy.NamedPolicy;
import io.coffer.auth.policy.PolicySet;
import io.coffer.auth.policy.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a caller is to policies, and what its own policies say. Immutable.
 *
 * @param identity policies of the user and its groups, or of the role
 * @param boundary of the user or role; null for none
 * @param session those that were handed over when the session was made
 */
public record Permissions(
    Principal principal,
    List<NamedPolicy> identity,
    @Nullable NamedPolicy boundary,
    List<NamedPolicy> session) {
  public Permissions {
    identity = List.copyOf(identity);
    session = List.copyOf(session);
  }

  /** Of who has no policies: root, and nobody. */
  static Permissions none(Principal principal) {
    return new Permissions(principal, List.of(), null, List.of());
  }

  /**
   * All policies that have a say in a request.
   *
   * @param resource the bucket's policy, or the trust policy; null for none
   * @param resourceAccount id of the account that owns the resource
   */
  public PolicySet with(@Nullable NamedPolicy resource, String resourceAccount) {
    return new PolicySet(identity, boundary, session, resource, resourceAccount);
  }
}
