package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.QueryException;
import io.coffer.model.iam.IamError;
import io.coffer.service.Context;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Role;
import io.coffer.service.identity.Stored;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Finds a role for an operation upon it, if the caller may do that. Thread-safe. */
final class RoleGate {
  private final Entities entities;
  private final Access access;

  RoleGate(Entities entities, Access access) {
    this.entities = entities;
    this.access = access;
  }

  /** As the next one, for operations without condition keys of their own. */
  Stored<Role> open(Context context, String action, @Nullable String name) {
    return open(context, action, name, (values, role) -> {});
  }

  /**
   * For operations that change what a role may do: iam:PermissionsBoundary is its boundary, so that
   * who may only touch roles within a boundary can be told so.
   */
  Stored<Role> openBounded(
      Context context, String action, @Nullable String name, @Nullable String policyArn) {
    return open(
        context,
        action,
        name,
        (values, role) ->
            values.put("iam:PermissionsBoundary", role.boundary()).put("iam:PolicyARN", policyArn));
  }

  /**
   * A role of the caller's account.
   *
   * @param more adds the condition keys of the operation
   * @throws QueryException AccessDenied, whether there is such a role or not; NoSuchEntity
   */
  Stored<Role> open(
      Context context,
      String action,
      @Nullable String name,
      BiConsumer<ConditionValues.Builder, Role> more) {
    var wanted = requireNonNull(name);
    var account = OwnAccount.id(context);
    var values = context.circumstances().values();
    var found = entities.find(Kind.ROLE, account, wanted);
    if (found.isEmpty()) {
      access.require(context, action, "arn:aws:iam::" + account + ":role/" + wanted, values);
      throw IamError.NO_SUCH_ENTITY.exception("The role with name " + wanted + " cannot be found.");
    }
    var role = found.get().value();
    IamValues.existing(values, role.tags());
    more.accept(values, role);
    access.require(context, action, role.arn(), values);
    return found.get();
  }
}
