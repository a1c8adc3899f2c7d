package io.coffer.service.identity;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.Session;
import io.coffer.auth.policy.NamedPolicy;
import io.coffer.auth.policy.PolicyKind;
import io.coffer.auth.policy.Principal;
import io.coffer.auth.policy.Principal.FederatedUser.Issuer;
import io.coffer.service.LatestUsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What callers are permitted by their own policies. What was read is remembered until the next
 * change of any entity. Thread-safe.
 */
public final class Permits {
  private static final int MOST = 10_000;

  /** Stands for policies that were deleted: a session must not gain by that. */
  private static final String NOTHING =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
      """;

  private record Known(long generation, Optional<Permissions> permissions) {}

  private final Entities entities;
  private final CompiledPolicies compiled;
  private final Map<Caller, Known> known = LatestUsed.map(MOST);

  public Permits(Entities entities, CompiledPolicies compiled) {
    this.entities = entities;
    this.compiled = compiled;
  }

  /** Of a caller; empty when its user or role is no more. */
  public Optional<Permissions> of(Caller caller) {
    long generation = entities.generation();
    var remembered = known.get(caller);
    if (remembered != null && remembered.generation() == generation) {
      return remembered.permissions();
    }
    var read = read(caller);
    known.put(caller, new Known(generation, read));
    return read;
  }

  private Optional<Permissions> read(Caller caller) {
    return switch (caller) {
      case Caller.Anonymous nobody -> Optional.of(Permissions.none(new Principal.Anonymous()));
      case Caller.Root root -> Optional.of(Permissions.none(new Principal.Root(root.account())));
      case Caller.User user -> ofUser(user.account(), user.name(), user.id());
      case Caller.InSession in -> ofSession(in.session());
    };
  }

  private Optional<Permissions> ofSession(Session session) {
    var account = session.account();
    return switch (session.identity()) {
      case Session.OfRoot root ->
          Optional.of(limited(Permissions.none(new Principal.Root(account)), session));
      case Session.OfUser user ->
          ofUser(account, user.name(), user.id()).map(whole -> limited(whole, session));
      case Session.OfRole role -> ofRole(role, session);
      case Session.Federated federated -> ofFederated(federated, session);
    };
  }

  /**
   * The permissions of a user.
   *
   * @param id that it must have: another user may have taken the name
   */
  public Optional<Permissions> ofUser(Account account, String name, String id) {
    return entities
        .find(Kind.USER, account.id(), name)
        .map(Stored::value)
        .filter(user -> user.id().equals(id))
        .map(user -> permissions(account, user));
  }

  /** The permissions of a user that was read. */
  public Permissions permissions(Account account, User user) {
    var policies = new ArrayList<>(policies(account.id(), "user " + user.name(), user.grants()));
    for (var stored : entities.groups(user)) {
      var group = stored.value();
      policies.addAll(policies(account.id(), "group " + group.name(), group.grants()));
    }
    var principal = new Principal.User(account, user.path(), user.name(), user.id(), user.tags());
    return new Permissions(principal, policies, boundary(account.id(), user.boundary()), List.of());
  }

  /** The policies and the boundary of a role, for a session of it. */
  public Permissions permissions(Account account, Role role, Session session) {
    var tags = new HashMap<>(role.tags());
    tags.putAll(session.tags());
    var name =
        session.identity() instanceof Session.OfRole of ? of.sessionName() : session.accessKeyId();
    var principal =
        new Principal.AssumedRole(
            account, role.path(), role.name(), role.id(), name, tags, session.provider());
    return new Permissions(
        principal,
        policies(account.id(), "role " + role.name(), role.grants()),
        boundary(account.id(), role.boundary()),
        List.of());
  }

  /** Who may assume a role. */
  public NamedPolicy trust(Role role) {
    return compiled.get("the trust policy of role " + role.name(), PolicyKind.TRUST, role.trust());
  }

  private Optional<Permissions> ofRole(Session.OfRole of, Session session) {
    return entities
        .find(Kind.ROLE, session.account().id(), of.name())
        .map(Stored::value)
        .filter(role -> role.id().equals(of.id()))
        .map(role -> limited(permissions(session.account(), role, session), session));
  }

  private Optional<Permissions> ofFederated(Session.Federated federated, Session session) {
    var account = session.account();
    var issuer = federated.issuer();
    if (issuer == null) {
      var principal =
          new Principal.FederatedUser(
              account, federated.name(), new Issuer.ByRoot(), session.tags());
      return Optional.of(limited(Permissions.none(principal), session));
    }
    return ofUser(account, issuer.name(), issuer.id())
        .map(
            whole -> {
              var by = new Issuer.ByUser((Principal.User) whole.principal());
              var principal =
                  new Principal.FederatedUser(account, federated.name(), by, session.tags());
              return limited(
                  new Permissions(principal, whole.identity(), whole.boundary(), List.of()),
                  session);
            });
  }

  /** With the policies that the session was made with. */
  private Permissions limited(Permissions whole, Session session) {
    var policies = new ArrayList<NamedPolicy>();
    for (var document : session.policies()) {
      policies.add(compiled.get("the session policy", PolicyKind.SESSION, document));
    }
    for (var arn : session.policyArns()) {
      managed(session.account().id(), arn, PolicyKind.SESSION).ifPresent(policies::add);
    }
    boolean wasLimited = !session.policies().isEmpty() || !session.policyArns().isEmpty();
    if (wasLimited && policies.isEmpty()) {
      policies.add(compiled.get("a session policy that is no more", PolicyKind.SESSION, NOTHING));
    }
    return new Permissions(whole.principal(), whole.identity(), whole.boundary(), policies);
  }

  private List<NamedPolicy> policies(String account, String owner, Grants grants) {
    var policies = new ArrayList<NamedPolicy>();
    grants
        .inline()
        .forEach(
            (name, document) ->
                policies.add(compiled.get(name + " of " + owner, PolicyKind.IDENTITY, document)));
    for (var arn : grants.attached()) {
      managed(account, arn, PolicyKind.IDENTITY).ifPresent(policies::add);
    }
    return policies;
  }

  private @Nullable NamedPolicy boundary(String account, @Nullable String arn) {
    if (arn == null) {
      return null;
    }
    return managed(account, arn, PolicyKind.BOUNDARY)
        .orElseGet(() -> compiled.get(arn + ", which is no more", PolicyKind.BOUNDARY, NOTHING));
  }

  private Optional<NamedPolicy> managed(String account, String arn, PolicyKind kind) {
    return ManagedPolicies.document(entities, account, arn)
        .map(document -> compiled.get(arn, kind, document));
  }
}
