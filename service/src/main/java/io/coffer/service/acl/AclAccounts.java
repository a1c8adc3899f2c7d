package io.coffer.service.acl;

import io.coffer.auth.Account;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.Grant;
import io.coffer.model.s3.Grantee;
import io.coffer.model.s3.Owner;
import io.coffer.model.s3.Type;
import io.coffer.service.AccountRow;
import io.coffer.service.Accounts;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who the owners and grantees of ACLs are: between names and accounts. Thread-safe. */
public final class AclAccounts {
  /**
   * Whom an object belongs to that nobody has signed for; an account that nobody can be. Source: S3
   * User Guide, "Access control list (ACL) overview".
   */
  public static final Account ANONYMOUS =
      new Account("anonymous", "anonymous", "", "", "65a011a29cdf8ec533ec3d1ccaae921c");

  private final Accounts accounts;

  public AclAccounts(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The account with an id; one that is no more has its id for a canonical id. */
  Account account(String id) {
    return id.equals(ANONYMOUS.id())
        ? ANONYMOUS
        : accounts.lookup(id).orElseGet(() -> new Account(id, id, "", "", id));
  }

  /** The canonical id of an account. */
  String canonicalId(String accountId) {
    return account(accountId).canonicalId();
  }

  /** An account as answers show owners. */
  public Owner owner(String accountId) {
    var account = account(accountId);
    return Owner.builder().id(account.canonicalId()).displayName(account.displayName()).build();
  }

  /**
   * Makes an ACL of what a client has named.
   *
   * @throws S3Exception InvalidArgument for an account or a group that does not exist,
   *     UnresolvableGrantByEmailAddress, AmbiguousGrantByEmailAddress
   */
  Acl resolve(List<NamedGrant> grants) {
    var ids = values(grants, NamedGrant.Kind.ID);
    var emails = values(grants, NamedGrant.Kind.EMAIL);
    var known =
        ids.isEmpty() && emails.isEmpty()
            ? List.<Account>of()
            : all(a -> ids.contains(a.canonicalId()) || emails.contains(lower(a.email())));
    return Acl.of(
        grants.stream()
            .map(
                grant ->
                    new AclGrant(grantee(grant.kind(), grant.value(), known), grant.permission()))
            .toList());
  }

  private static Set<String> values(List<NamedGrant> grants, NamedGrant.Kind kind) {
    return grants.stream()
        .filter(grant -> grant.kind() == kind)
        .map(grant -> kind == NamedGrant.Kind.EMAIL ? lower(grant.value()) : grant.value())
        .collect(Collectors.toSet());
  }

  private static AclGrantee grantee(NamedGrant.Kind kind, String value, List<Account> known) {
    return switch (kind) {
      case ID ->
          known.stream()
              .filter(account -> account.canonicalId().equals(value))
              .findFirst()
              .map(account -> new AclGrantee.Canonical(value))
              .orElseThrow(() -> invalid("Invalid id", kind, value));
      case URI ->
          AclGroup.of(value)
              .map(AclGrantee.Group::new)
              .orElseThrow(() -> invalid("Invalid group uri", kind, value));
      case EMAIL -> new AclGrantee.Canonical(withEmail(value, known).canonicalId());
    };
  }

  private static S3Exception invalid(String message, NamedGrant.Kind kind, String value) {
    return S3Error.INVALID_ARGUMENT
        .exception(message)
        .with("ArgumentName", kind.inDocuments())
        .with("ArgumentValue", value);
  }

  private static Account withEmail(String email, List<Account> known) {
    var found = known.stream().filter(a -> lower(a.email()).equals(lower(email))).toList();
    if (found.isEmpty() || email.isEmpty()) {
      throw S3Error.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS
          .exception()
          .with("ArgumentName", NamedGrant.Kind.EMAIL.inDocuments())
          .with("ArgumentValue", email);
    }
    if (found.size() > 1) {
      throw S3Error.AMBIGUOUS_GRANT_BY_EMAIL_ADDRESS.exception();
    }
    return found.getFirst();
  }

  /** In one pass, however many are wanted. */
  private List<Account> all(Predicate<Account> wanted) {
    return Stream.concat(Stream.of(ANONYMOUS), accounts.all().map(AccountRow::account))
        .filter(wanted)
        .toList();
  }

  private static String lower(String email) {
    return email.toLowerCase(Locale.ROOT);
  }

  /** The grants of an ACL as answers show them. */
  public List<Grant> shown(Acl acl) {
    var ids = new HashSet<String>();
    for (var grant : acl.grants()) {
      if (grant.grantee() instanceof AclGrantee.Canonical(var id)) {
        ids.add(id);
      }
    }
    var names =
        ids.isEmpty()
            ? Map.<String, String>of()
            : all(account -> ids.contains(account.canonicalId())).stream()
                .collect(Collectors.toMap(Account::canonicalId, Account::displayName, (a, b) -> a));
    return acl.grants().stream()
        .map(
            grant ->
                Grant.builder()
                    .grantee(shown(grant.grantee(), names))
                    .permission(grant.permission())
                    .build())
        .toList();
  }

  private static Grantee shown(AclGrantee grantee, Map<String, String> names) {
    return switch (grantee) {
      case AclGrantee.Group(var group) ->
          Grantee.builder().type(Type.GROUP).uri(group.uri()).build();
      case AclGrantee.Canonical(var id) ->
          Grantee.builder().type(Type.CANONICAL_USER).id(id).displayName(names.get(id)).build();
    };
  }
}
