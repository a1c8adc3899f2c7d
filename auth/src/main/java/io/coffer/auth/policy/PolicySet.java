package io.coffer.auth.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies that have a say in a request.
 *
 * @param identity those of the user and its groups, or of the role; empty for root, and for who has
 *     no identity
 * @param boundary of the user or role; null for none
 * @param session those that were handed over when the session was made; empty for none
 * @param resource the bucket's policy, or the trust policy of the role to be assumed; null for none
 * @param resourceAccount id of the account that owns the resource, or that of the caller if nobody
 *     owns it
 */
public record PolicySet(
    List<NamedPolicy> identity,
    @Nullable NamedPolicy boundary,
    List<NamedPolicy> session,
    @Nullable NamedPolicy resource,
    String resourceAccount) {
  public PolicySet {
    identity = List.copyOf(identity);
    session = List.copyOf(session);
  }

  /** Those of one layer. */
  List<NamedPolicy> of(Layer layer) {
    return switch (layer) {
      case IDENTITY -> identity;
      case BOUNDARY -> boundary == null ? List.of() : List.of(boundary);
      case SESSION -> session;
      case RESOURCE -> resource == null ? List.of() : List.of(resource);
    };
  }
}
