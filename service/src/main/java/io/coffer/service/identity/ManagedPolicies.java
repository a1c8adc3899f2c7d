package io.coffer.service.identity;

import java.util.Optional;

/** Managed policies by their ARNs: those of accounts, and those that AWS gives to all. */
public final class ManagedPolicies {
  private static final String PREFIX = "arn:aws:iam::";
  private static final String POLICY = ":policy/";

  private ManagedPolicies() {}

  /** The name in an ARN of a policy: what follows the last slash. Empty if it is no such ARN. */
  public static Optional<String> name(String arn) {
    int policy = arn.indexOf(POLICY);
    if (!arn.startsWith(PREFIX) || policy < 0) {
      return Optional.empty();
    }
    return Optional.of(arn.substring(arn.lastIndexOf('/') + 1));
  }

  /** The policy of an account with an ARN; empty if there is none of exactly that ARN. */
  public static Optional<Stored<ManagedPolicy>> find(
      Entities entities, String account, String arn) {
    return name(arn)
        .flatMap(name -> entities.find(Kind.POLICY, account, name))
        .filter(found -> found.value().arn().equals(arn));
  }

  /** The document in force of a policy that an account can attach; empty if there is none. */
  public static Optional<String> document(Entities entities, String account, String arn) {
    var ofAws = AwsPolicy.find(arn).map(AwsPolicy::document);
    return ofAws.isPresent()
        ? ofAws
        : find(entities, account, arn).map(found -> found.value().document());
  }
}
