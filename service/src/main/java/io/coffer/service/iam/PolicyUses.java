package io.coffer.service.iam;

import io.coffer.service.identity.AwsPolicy;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Entity;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Stored;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often an account uses the policies of AWS. Those of its own count their uses; AWS's have no
 * row in which to count, so all users, groups and roles are looked at.
 */
final class PolicyUses {
  private static final Count NONE = new Count(0, 0);

  private final Map<String, Count> counts = new HashMap<>();

  /**
   * Of one policy.
   *
   * @param attachments to how many users, groups and roles it is attached
   * @param boundaries of how many users and roles it is the boundary
   */
  record Count(int attachments, int boundaries) {
    private Count plus(Count other) {
      return new Count(attachments + other.attachments, boundaries + other.boundaries);
    }
  }

  private PolicyUses() {}

  static PolicyUses in(Entities entities, String account) {
    var uses = new PolicyUses();
    each(entities.list(Kind.USER, account, null), u -> uses.add(u.grants(), u.boundary()));
    each(entities.list(Kind.GROUP, account, null), g -> uses.add(g.grants(), null));
    each(entities.list(Kind.ROLE, account, null), r -> uses.add(r.grants(), r.boundary()));
    return uses;
  }

  private static <T extends Entity> void each(Stream<Stored<T>> all, Consumer<T> action) {
    all.forEach(stored -> action.accept(stored.value()));
  }

  private void add(Grants grants, @Nullable String boundary) {
    grants.attached().forEach(arn -> counts.merge(arn, new Count(1, 0), Count::plus));
    if (boundary != null) {
      counts.merge(boundary, new Count(0, 1), Count::plus);
    }
  }

  Count of(AwsPolicy policy) {
    return counts.getOrDefault(policy.arn(), NONE);
  }
}
