package io.coffer.service.iam;

import io.coffer.auth.Arns;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.iam.IamError;
import io.coffer.service.Context;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Group;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Stored;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the groups that requests are about, for callers who may do what they ask. Thread-safe. */
final class FoundGroups {
  private final Entities entities;
  private final Access access;

  FoundGroups(Entities entities, Access access) {
    this.entities = entities;
    this.access = access;
  }

  /**
   * The group that a request is about.
   *
   * @throws io.coffer.model.QueryException AccessDenied; NoSuchEntity
   */
  Stored<Group> require(Context context, String action, @Nullable String name) {
    return require(context, action, name, Answers.values(context));
  }

  /**
   * The same with further condition keys.
   *
   * @throws io.coffer.model.QueryException AccessDenied; NoSuchEntity
   */
  Stored<Group> require(
      Context context, String action, @Nullable String name, ConditionValues.Builder values) {
    var account = OwnAccount.id(context);
    var wanted = Objects.requireNonNull(name);
    var found = entities.find(Kind.GROUP, account, wanted);
    var arn = found.map(group -> group.value().arn()).orElse(Arns.group(account, "/", wanted));
    access.require(context, action, arn, values);
    return found.orElseThrow(
        () ->
            IamError.NO_SUCH_ENTITY.exception(
                "The group with name " + wanted + " cannot be found."));
  }
}
