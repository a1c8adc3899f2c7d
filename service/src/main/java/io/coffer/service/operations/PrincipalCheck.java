package io.coffer.service.operations;

import io.coffer.auth.policy.Policy;
import io.coffer.auth.policy.PrincipalPattern;
import io.coffer.auth.policy.Principals;
import io.coffer.model.S3Error;
import io.coffer.service.Accounts;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;

/**
 * Whether those whom a bucket policy names are there: S3 refuses a policy that names others.
 * Thread-safe. Source: S3 User Guide, "Bucket policies", "Invalid principal in policy".
 */
final class PrincipalCheck {
  private final Accounts accounts;
  private final Entities entities;

  PrincipalCheck(Accounts accounts, Entities entities) {
    this.accounts = accounts;
    this.entities = entities;
  }

  /**
   * Checks all principals of a policy.
   *
   * @throws io.coffer.model.S3Exception MalformedPolicy
   */
  void check(Policy policy) {
    for (var statement : policy.statements()) {
      Principals principals = statement.principals();
      if (principals != null && !principals.patterns().stream().allMatch(this::isThere)) {
        throw S3Error.MALFORMED_POLICY.exception("Invalid principal in policy");
      }
    }
  }

  private boolean isThere(PrincipalPattern pattern) {
    return switch (pattern) {
      case PrincipalPattern.Everyone everyone -> true;
      case PrincipalPattern.AccountId account -> accounts.lookup(account.id()).isPresent();
      case PrincipalPattern.Arn arn -> isThere(arn.text().split(":", 6));
      case PrincipalPattern.UniqueId id -> false; // what IAM shows in place of what was deleted
      case PrincipalPattern.CanonicalUser user ->
          accounts.lookupCanonicalId(user.text()).isPresent();
      case PrincipalPattern.Federated federated -> true;
      case PrincipalPattern.ServiceName service -> service.text().endsWith(".amazonaws.com");
    };
  }

  /** Of the six parts of an ARN that the reader of policies found good. */
  private boolean isThere(String[] arn) {
    var account = arn[4];
    var name = arn[5];
    int first = name.indexOf('/');
    int last = name.lastIndexOf('/');
    return switch (name.substring(0, first)) {
      case "user" ->
          entities
              .find(Kind.USER, account, name.substring(last + 1))
              .filter(found -> name.equals("user" + found.value().path() + found.value().name()))
              .isPresent();
      case "role" ->
          entities
              .find(Kind.ROLE, account, name.substring(last + 1))
              .filter(found -> name.equals("role" + found.value().path() + found.value().name()))
              .isPresent();
      case "assumed-role" ->
          entities.find(Kind.ROLE, account, name.substring(first + 1, last)).isPresent();
      default -> accounts.lookup(account).isPresent();
    };
  }
}
