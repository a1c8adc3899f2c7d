package io.coffer.service.identity;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.auth.policy.Decision;
import io.coffer.auth.policy.NamedPolicy;
import io.coffer.service.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who says whether policies allow something: {@link Access} for requests, and for explanations
 * somebody who asks it and takes notes. So both go by the same rules.
 */
@FunctionalInterface
public interface Judge {
  /**
   * Decides.
   *
   * @param action such as s3:GetObject
   * @param resource its ARN; "*" for none
   * @param values all condition keys of the request, those of its circumstances among them
   * @param resourcePolicy the bucket's, or the trust policy of a role; null for none
   * @param resourceAccount id of the account that owns the resource
   * @return empty when the caller's user or role is no more
   */
  Optional<Decision> decide(
      Context context,
      String action,
      String resource,
      ConditionValues values,
      @Nullable NamedPolicy resourcePolicy,
      String resourceAccount);
}
