package io.coffer.service.explain;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.auth.policy.Decision;
import io.coffer.auth.policy.Explanation;
import io.coffer.auth.policy.NamedPolicy;
import io.coffer.service.Context;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks {@link Access} and remembers what it says. For one question and one thread. */
final class Witness implements Judge {
  private final Access access;
  private final Given given;
  private final List<Explanation> heard = new ArrayList<>();

  Witness(Access access, Given given) {
    this.access = access;
    this.given = given;
  }

  @Override
  public Optional<Decision> decide(
      Context context,
      String action,
      String resource,
      ConditionValues values,
      @Nullable NamedPolicy resourcePolicy,
      String resourceAccount) {
    var explanation =
        access.explain(
            context, action, resource, given.over(values), resourcePolicy, resourceAccount);
    explanation.ifPresent(heard::add);
    return explanation.map(Explanation::decision);
  }

  /** What decided: the last that was said. */
  Optional<Explanation> last() {
    return heard.isEmpty() ? Optional.empty() : Optional.of(heard.getLast());
  }
}
