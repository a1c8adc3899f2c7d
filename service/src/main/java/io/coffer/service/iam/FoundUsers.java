package io.coffer.service.iam;

import io.coffer.auth.Arns;
import io.coffer.auth.Caller;
import io.coffer.auth.Session;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.iam.IamError;
import io.coffer.service.Context;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Stored;
import io.coffer.service.identity.User;
import org.jspecify.annotations.Nullable;

/** Finds the users that requests are about, for callers who may do what they ask. Thread-safe. */
final class FoundUsers {
  private final Entities entities;
  private final Access access;

  FoundUsers(Entities entities, Access access) {
    this.entities = entities;
    this.access = access;
  }

  /**
   * The user that a request is about.
   *
   * @param name null for the caller itself
   * @throws QueryException AccessDenied; NoSuchEntity
   */
  Stored<User> require(Context context, String action, @Nullable String name) {
    return require(context, action, name, Answers.values(context));
  }

  /**
   * The same with further condition keys, to which the user's tags are added.
   *
   * @throws QueryException AccessDenied; NoSuchEntity
   */
  Stored<User> require(
      Context context, String action, @Nullable String name, ConditionValues.Builder values) {
    return require(context, action, name, values, false);
  }

  /**
   * The same for actions that some may do only to users with a certain boundary: that is a
   * condition key too.
   *
   * @throws QueryException AccessDenied; NoSuchEntity
   */
  Stored<User> requireBounded(
      Context context, String action, @Nullable String name, ConditionValues.Builder values) {
    return require(context, action, name, values, true);
  }

  private Stored<User> require(
      Context context,
      String action,
      @Nullable String name,
      ConditionValues.Builder values,
      boolean bounded) {
    var account = OwnAccount.id(context);
    var wanted = name == null ? ownName(context) : name;
    var found = entities.find(Kind.USER, account, wanted);
    found.ifPresent(user -> IamValues.existing(values, user.value().tags()));
    if (bounded) {
      found.ifPresent(user -> values.put("iam:PermissionsBoundary", user.value().boundary()));
    }
    var arn = found.map(user -> user.value().arn()).orElse(Arns.user(account, "/", wanted));
    access.require(context, action, arn, values);
    return found.orElseThrow(() -> missing(wanted));
  }

  static QueryException missing(String name) {
    return IamError.NO_SUCH_ENTITY.exception("The user with name " + name + " cannot be found.");
  }

  /** Whether the caller is the root of its account. */
  static boolean isRoot(Context context) {
    return switch (context.caller()) {
      case Caller.Root root -> true;
      case Caller.InSession in -> in.session().identity() instanceof Session.OfRoot;
      default -> false;
    };
  }

  private static String ownName(Context context) {
    return switch (context.caller()) {
      case Caller.User user -> user.name();
      case Caller.InSession in when in.session().identity() instanceof Session.OfUser user ->
          user.name();
      default ->
          throw CommonError.VALIDATION_ERROR.exception(
              "Must specify userName when calling with non-User credentials");
    };
  }
}
