package io.coffer.service.iam;

import io.coffer.auth.policy.PolicyKind;
import io.coffer.model.iam.IamError;
import io.coffer.service.identity.Grants;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The inline policies of users and groups: documents that belong to one of them alone. */
final class InlinePolicies {
  private InlinePolicies() {}

  /**
   * With a policy, new or in the place of another.
   *
   * @param most characters of all of them together, without white space
   * @param owner such as "user alice"
   * @throws io.coffer.model.QueryException MalformedPolicyDocument; LimitExceeded
   */
  static Grants with(
      Grants grants, @Nullable String name, @Nullable String document, int most, String owner) {
    var text = Objects.requireNonNull(document);
    PolicyTexts.check(text, PolicyKind.IDENTITY);
    var changed = grants.withInline(Objects.requireNonNull(name), PolicyTexts.stored(text));
    int size = changed.inline().values().stream().mapToInt(PolicyTexts::size).sum();
    if (size > most) {
      throw IamError.LIMIT_EXCEEDED.exception(
          "Maximum policy size of " + most + " bytes exceeded for " + owner);
    }
    return changed;
  }

  /**
   * Without a policy.
   *
   * @param kind user or group
   * @throws io.coffer.model.QueryException NoSuchEntity
   */
  static Grants without(Grants grants, @Nullable String name, String kind) {
    require(grants, name, kind);
    return grants.withoutInline(Objects.requireNonNull(name));
  }

  /**
   * A document as answers have it.
   *
   * @param kind user or group
   * @throws io.coffer.model.QueryException NoSuchEntity
   */
  static String get(Grants grants, @Nullable String name, String kind) {
    return PolicyTexts.encoded(require(grants, name, kind));
  }

  private static String require(Grants grants, @Nullable String name, String kind) {
    var document = grants.inline().get(Objects.requireNonNull(name));
    if (document == null) {
      throw IamError.NO_SUCH_ENTITY.exception(
          "The " + kind + " policy with name " + name + " cannot be found.");
    }
    return document;
  }

  /** A page of their names. */
  static Paging<String> page(Grants grants, @Nullable String marker, @Nullable Integer maxItems) {
    return Paging.of(grants.inline().keySet(), name -> name, marker, maxItems);
  }
}
