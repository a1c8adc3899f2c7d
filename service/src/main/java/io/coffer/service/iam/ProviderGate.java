package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.QueryException;
import io.coffer.model.iam.IamError;
import io.coffer.service.Context;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.OidcProvider;
import io.coffer.service.identity.Stored;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds an OIDC provider for an operation upon it, if the caller may do that. Thread-safe. */
final class ProviderGate {
  private final Entities entities;
  private final Access access;

  ProviderGate(Entities entities, Access access) {
    this.entities = entities;
    this.access = access;
  }

  /** As the next one, for operations without condition keys of their own. */
  Stored<OidcProvider> open(Context context, String action, @Nullable String arn) {
    return open(context, action, arn, values -> {});
  }

  /**
   * A provider of the caller's account.
   *
   * @param more adds the condition keys of the operation
   * @throws QueryException AccessDenied, whether there is such a provider or not; NoSuchEntity
   */
  Stored<OidcProvider> open(
      Context context,
      String action,
      @Nullable String arn,
      Consumer<ConditionValues.Builder> more) {
    var wanted = requireNonNull(arn);
    var found = find(OwnAccount.id(context), wanted);
    var values = context.circumstances().values();
    IamValues.existing(values, found.map(provider -> provider.value().tags()).orElse(Map.of()));
    more.accept(values);
    access.require(context, action, wanted, values);
    return found.orElseThrow(
        () ->
            IamError.NO_SUCH_ENTITY.exception(
                "OpenIDConnect Provider not found for arn " + wanted));
  }

  private Optional<Stored<OidcProvider>> find(String account, String arn) {
    var prefix = "arn:aws:iam::" + account + ":oidc-provider/";
    if (!arn.startsWith(prefix)) {
      return Optional.empty();
    }
    return entities.find(Kind.OIDC_PROVIDER, account, arn.substring(prefix.length()));
  }
}
