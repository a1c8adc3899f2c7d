package io.coffer.auth.policy;

import io.coffer.auth.policy.Principal.Anonymous;
import io.coffer.auth.policy.Principal.AssumedRole;
import io.coffer.auth.policy.Principal.FederatedUser;
import io.coffer.auth.policy.Principal.Root;
import io.coffer.auth.policy.Principal.Service;
import io.coffer.auth.policy.Principal.User;
import io.coffer.auth.policy.Principal.WebIdentity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The condition keys whose values follow from the caller. Source: IAM User Guide, "AWS global
 * condition context keys", and "Variables and tags", table "Principal key values".
 */
final class PrincipalValues {
  private static final String TAG = "aws:principaltag/";

  private PrincipalValues() {}

  /** The values of a key, given in lower case; none if it is absent or not of the caller. */
  static List<String> get(Principal principal, String key) {
    if (key.startsWith(TAG)) {
      return list(tag(tags(principal), key.substring(TAG.length())));
    }
    return switch (key) {
      case "aws:principalarn" -> list(arn(principal));
      case "aws:principalaccount" -> list(account(principal));
      case "aws:principaltype" -> list(type(principal));
      case "aws:userid" -> list(userId(principal));
      case "aws:username" -> list(principal instanceof User user ? user.name() : null);
      case "aws:principalisawsservice" ->
          list(
              principal instanceof Anonymous
                  ? null
                  : Boolean.toString(principal instanceof Service));
      case "aws:principalservicename", "aws:principalservicenameslist" ->
          list(principal instanceof Service service ? service.name() : null);
      case "aws:federatedprovider" ->
          list(principal instanceof AssumedRole role ? role.provider() : null);
      default -> List.of();
    };
  }

  private static @Nullable String arn(Principal principal) {
    return switch (principal) {
      case AssumedRole role -> role.roleArn();
      case Root root -> root.arn();
      case User user -> user.arn();
      case FederatedUser federated -> federated.arn();
      case WebIdentity web -> null;
      case Service service -> null;
      case Anonymous anonymous -> null;
    };
  }

  private static @Nullable String account(Principal principal) {
    var account = principal.account();
    if (account != null) {
      return account.id();
    }
    return principal instanceof Anonymous ? "anonymous" : null;
  }

  private static @Nullable String type(Principal principal) {
    return switch (principal) {
      case Root root -> "Account";
      case User user -> "User";
      case AssumedRole role -> "AssumedRole";
      case FederatedUser federated -> "FederatedUser";
      case Anonymous anonymous -> "Anonymous";
      case WebIdentity web -> null;
      case Service service -> null;
    };
  }

  private static @Nullable String userId(Principal principal) {
    return switch (principal) {
      case Root root -> root.account().id();
      case User user -> user.id();
      case AssumedRole role -> role.roleId() + ":" + role.sessionName();
      case FederatedUser federated -> federated.account().id() + ":" + federated.name();
      case Anonymous anonymous -> "anonymous";
      case WebIdentity web -> null;
      case Service service -> null;
    };
  }

  private static Map<String, String> tags(Principal principal) {
    return switch (principal) {
      case User user -> user.tags();
      case AssumedRole role -> role.tags();
      case FederatedUser federated -> federated.tags();
      case Root root -> Map.of();
      case WebIdentity web -> Map.of();
      case Service service -> Map.of();
      case Anonymous anonymous -> Map.of();
    };
  }

  private static @Nullable String tag(Map<String, String> tags, String key) {
    for (var tag : tags.entrySet()) {
      if (tag.getKey().equalsIgnoreCase(key)) {
        return tag.getValue();
      }
    }
    return null;
  }

  private static List<String> list(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }
}
