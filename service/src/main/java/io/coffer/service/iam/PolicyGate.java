package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.QueryException;
import io.coffer.model.iam.IamError;
import io.coffer.service.Context;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.AwsPolicy;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.ManagedPolicies;
import io.coffer.service.identity.ManagedPolicy;
import io.coffer.service.identity.Stored;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds a managed policy for an operation upon it, if the caller may do that. Thread-safe. */
final class PolicyGate {
  private final Entities entities;
  private final Access access;

  PolicyGate(Entities entities, Access access) {
    this.entities = entities;
    this.access = access;
  }

  /** As {@link #open(Context, String, String, Consumer)}, without condition keys of its own. */
  Stored<ManagedPolicy> open(Context context, String action, @Nullable String arn) {
    return open(context, action, arn, values -> {});
  }

  /**
   * A policy of the caller's account, to be changed.
   *
   * @param more adds the condition keys of the operation
   * @throws QueryException AccessDenied, also for policies of AWS, which are not the caller's;
   *     NoSuchEntity
   */
  Stored<ManagedPolicy> open(
      Context context,
      String action,
      @Nullable String arn,
      Consumer<ConditionValues.Builder> more) {
    var wanted = requireNonNull(arn);
    if (AwsPolicy.find(wanted).isPresent()) {
      throw IamError.INVALID_INPUT.exception(
          "ARN " + wanted + " is not valid: a policy of AWS cannot be changed.");
    }
    var found = ManagedPolicies.find(entities, OwnAccount.id(context), wanted);
    var tags = found.map(policy -> policy.value().tags()).orElse(Map.of());
    authorize(context, action, wanted, tags, more);
    return found.orElseThrow(() -> missing(wanted));
  }

  /**
   * A policy to be read, which may be one of AWS: then null.
   *
   * @throws QueryException AccessDenied, NoSuchEntity
   */
  @Nullable ManagedPolicy read(Context context, String action, @Nullable String arn) {
    var wanted = requireNonNull(arn);
    if (AwsPolicy.find(wanted).isPresent()) {
      authorize(context, action, wanted, Map.of(), values -> {});
      return null;
    }
    return open(context, action, wanted).value();
  }

  private void authorize(
      Context context,
      String action,
      String arn,
      Map<String, String> tags,
      Consumer<ConditionValues.Builder> more) {
    var values = context.circumstances().values();
    IamValues.existing(values, tags);
    more.accept(values);
    access.require(context, action, arn, values);
  }

  static QueryException missing(String arn) {
    return IamError.NO_SUCH_ENTITY.exception("Policy " + arn + " was not found.");
  }
}
