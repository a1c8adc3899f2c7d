package io.coffer.service.iam;

import io.coffer.auth.policy.PolicyKind;
import io.coffer.auth.policy.PolicySource;
import io.coffer.auth.policy.PrincipalPattern;
import io.coffer.model.QueryException;
import io.coffer.model.iam.IamError;
import io.coffer.service.Accounts;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Entity;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Role;
import io.coffer.service.identity.User;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Trust policies, checked and shown. Users and roles are kept by their ids, so that one who is made
 * anew with the same name is not trusted. Thread-safe. Source: IAM User Guide, "AWS JSON policy
 * elements: Principal".
 */
final class TrustPolicies {
  private static final Pattern ENTITY =
      Pattern.compile("arn:aws:iam::([0-9]{12}):(user|role)/(?:.*/)?([^/]+)");

  private static final Pattern SESSION =
      Pattern.compile("arn:aws:sts::([0-9]{12}):(?:assumed-role/([^/]+)|federated-user)/[^/]+");

  private final Entities entities;
  private final Accounts accounts;

  TrustPolicies(Entities entities, Accounts accounts) {
    this.entities = entities;
    this.accounts = accounts;
  }

  /**
   * A trust policy that can be stored.
   *
   * @param document with ids of users and roles in the place of their ARNs
   * @param principals those ARNs by their ids
   */
  record Checked(String document, Map<String, String> principals) {
    Checked {
      principals = Map.copyOf(principals);
    }
  }

  /**
   * Checks a trust policy that is to be stored.
   *
   * @param ownAccount id of the account of the role
   * @throws QueryException MalformedPolicyDocument, also for principals that do not exist;
   *     LimitExceeded
   */
  Checked check(String document, String ownAccount) {
    var policy = PolicyTexts.check(document, PolicyKind.TRUST);
    if (PolicyTexts.size(document) > PolicyTexts.TRUST) {
      throw IamError.LIMIT_EXCEEDED.exception(
          "Cannot exceed quota for ACLSizePerRole: " + PolicyTexts.TRUST);
    }
    var ids = new HashMap<String, String>();
    for (var statement : policy.statements()) {
      var principals = statement.principals();
      if (principals != null) {
        principals.patterns().forEach(pattern -> check(pattern, ownAccount, ids));
      }
    }
    var stored =
        PolicySource.withPrincipals(
            PolicyTexts.stored(document), arn -> ids.getOrDefault(arn, arn));
    var arns = new HashMap<String, String>();
    ids.forEach((arn, id) -> arns.put(id, arn));
    return new Checked(stored, arns);
  }

  private void check(PrincipalPattern pattern, String ownAccount, Map<String, String> ids) {
    boolean exists =
        switch (pattern) {
          case PrincipalPattern.AccountId account -> isKnown(account.id(), ownAccount);
          case PrincipalPattern.Arn arn -> {
            var session = SESSION.matcher(arn.text());
            if (session.matches()) {
              var role = session.group(2);
              yield role == null
                  ? isKnown(session.group(1), ownAccount)
                  : entities.find(Kind.ROLE, session.group(1), role).isPresent();
            }
            var id = id(arn.text());
            id.ifPresent(found -> ids.put(arn.text(), found));
            yield id.isPresent();
          }
          default -> true;
        };
    if (!exists) {
      throw IamError.MALFORMED_POLICY_DOCUMENT.exception(
          "Invalid principal in policy: \"AWS\":\"" + pattern.text() + "\"");
    }
  }

  private boolean isKnown(String account, String ownAccount) {
    return account.equals(ownAccount) || accounts.lookup(account).isPresent();
  }

  /** The id of the user or role with an ARN; empty if there is none. */
  private Optional<String> id(String arn) {
    var parts = ENTITY.matcher(arn);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var kind = parts.group(2).equals("user") ? Kind.USER : Kind.ROLE;
    return entities
        .find(kind, parts.group(1), parts.group(3))
        .map(found -> (Entity) found.value())
        .filter(entity -> entity.arn().equals(arn))
        .map(TrustPolicies::id);
  }

  private static String id(Entity entity) {
    return switch (entity) {
      case User user -> user.id();
      case Role role -> role.id();
      default -> "";
    };
  }

  /** The trust policy of a role with ARNs again, but for those who are no more. */
  String shown(Role role) {
    if (role.principals().isEmpty()) {
      return role.trust();
    }
    return PolicySource.withPrincipals(
        role.trust(),
        id -> {
          var arn = role.principals().get(id);
          return arn != null && id(arn).filter(id::equals).isPresent() ? arn : id;
        });
  }
}
