package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.model.QueryException;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.PolicySourceType;
import io.coffer.service.Context;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.AwsPolicy;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Entity;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Group;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.ManagedPolicies;
import io.coffer.service.identity.Role;
import io.coffer.service.identity.Stored;
import io.coffer.service.identity.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All policies that a user, group or role has, as their authors wrote them. Thread-safe. */
final class PolicySources {
  private static final Pattern ARN =
      Pattern.compile("arn:aws:iam::([0-9]{12}):(user|group|role)/(?:.*/)?([^/]+)");

  private final Entities entities;
  private final Access access;

  PolicySources(Entities entities, Access access) {
    this.entities = entities;
    this.access = access;
  }

  /**
   * A policy and where it is from.
   *
   * @param id what simulations call it
   */
  record Source(String id, PolicySourceType type, String document) {}

  /**
   * The user, group or role with an ARN.
   *
   * @throws QueryException AccessDenied, whether there is one or not; NoSuchEntity, InvalidInput
   */
  Entity open(Context context, String action, @Nullable String arn) {
    var wanted = requireNonNull(arn);
    access.require(context, action, wanted, context.circumstances().values());
    var parts = ARN.matcher(wanted);
    if (!parts.matches() || !parts.group(1).equals(OwnAccount.id(context))) {
      throw IamError.INVALID_INPUT.exception("Invalid Entity Arn: " + wanted);
    }
    var kind =
        switch (parts.group(2)) {
          case "user" -> Kind.USER;
          case "group" -> Kind.GROUP;
          default -> Kind.ROLE;
        };
    return find(kind, parts.group(1), parts.group(3), wanted)
        .orElseThrow(
            () -> IamError.NO_SUCH_ENTITY.exception("The entity " + wanted + " cannot be found."));
  }

  private <T extends Entity> Optional<Entity> find(
      Kind<T> kind, String account, String name, String arn) {
    return entities
        .find(kind, account, name)
        .map(Stored::value)
        .filter(entity -> entity.arn().equals(arn))
        .map(Entity.class::cast);
  }

  /** The user with an ARN; empty if it is no ARN of a user, or of nobody here. */
  Optional<User> user(String arn) {
    var parts = ARN.matcher(arn);
    return parts.matches() && parts.group(2).equals("user")
        ? find(Kind.USER, parts.group(1), parts.group(3), arn).map(User.class::cast)
        : Optional.empty();
  }

  /** Its own policies, and those of the groups of a user. */
  List<Source> of(Entity entity) {
    var sources = new ArrayList<Source>();
    switch (entity) {
      case User user -> {
        add(sources, entity, "user", PolicySourceType.USER, user.grants());
        for (var group : entities.groups(user)) {
          sources.addAll(of(group.value()));
        }
      }
      case Group group -> add(sources, entity, "group", PolicySourceType.GROUP, group.grants());
      case Role role -> add(sources, entity, "role", PolicySourceType.ROLE, role.grants());
      default -> throw new IllegalArgumentException("no policies: " + entity.arn());
    }
    return sources;
  }

  private void add(
      List<Source> sources, Entity entity, String word, PolicySourceType type, Grants grants) {
    grants
        .inline()
        .forEach(
            (name, document) ->
                sources.add(new Source(word + "_" + entity.name() + "_" + name, type, document)));
    for (var arn : grants.attached()) {
      managed(entity.account(), arn).ifPresent(sources::add);
    }
  }

  /** A managed policy; empty if there is none. */
  Optional<Source> managed(String account, String arn) {
    var type =
        AwsPolicy.find(arn).isPresent()
            ? PolicySourceType.AWS_MANAGED
            : PolicySourceType.USER_MANAGED;
    return ManagedPolicies.document(entities, account, arn)
        .map(document -> new Source(ManagedPolicies.name(arn).orElse(arn), type, document));
  }
}
