package io.coffer.auth.policy;

import io.coffer.auth.policy.Decision.Allowed;
import io.coffer.auth.policy.Decision.ExplicitlyDenied;
import io.coffer.auth.policy.Decision.ImplicitlyDenied;
import io.coffer.auth.policy.Decision.Missing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says in words why a decision is so. */
final class Explainer {
  /** How many statements that came near are told of. */
  private static final int MAX_NEAR = 5;

  private final RequestContext request;
  private final PolicySet policies;

  private Explainer(RequestContext request, PolicySet policies) {
    this.request = request;
    this.policies = policies;
  }

  static Explanation explain(RequestContext request, PolicySet policies, Decision decision) {
    return new Explainer(request, policies).explain(decision);
  }

  private Explanation explain(Decision decision) {
    var matched = new ArrayList<Match>();
    var missing = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    forEach(
        match -> {
          var statement = match.statement();
          if (statement.applies(request) != Grant.NONE) {
            matched.add(match);
          }
          for (var condition : statement.conditions()) {
            if (request.values(condition.lowerKey()).isEmpty()) {
              missing.add(condition.key());
            }
          }
        });
    return new Explanation(
        decision, summary(decision), details(decision), matched, List.copyOf(missing));
  }

  private void forEach(Consumer<Match> action) {
    for (var layer : Layer.values()) {
      for (var policy : policies.of(layer)) {
        for (var statement : policy.policy().statements()) {
          action.accept(new Match(layer, policy.name(), statement));
        }
      }
    }
  }

  private String what() {
    return request.action() + " on " + request.resource();
  }

  private boolean isWithinAccount() {
    var account = request.principal().account();
    return account != null && account.id().equals(policies.resourceAccount());
  }

  private String summary(Decision decision) {
    return switch (decision) {
      case Allowed allowed -> allowed(allowed.by());
      case ExplicitlyDenied denied -> "Denied explicitly by " + denied.by().title() + ".";
      case ImplicitlyDenied denied -> "Denied: " + missing(denied.missing()) + ".";
    };
  }

  private static String allowed(@Nullable Match by) {
    return by == null
        ? "Allowed: root may do everything in its own account."
        : "Allowed by " + by.title() + ".";
  }

  private String missing(Missing missing) {
    return switch (missing) {
      case IDENTITY ->
          "no identity policy allows "
              + what()
              + (isWithinAccount() && policies.resource() != null
                  ? ", and the resource policy does not either"
                  : "");
      case BOUNDARY -> {
        var boundary = policies.boundary();
        yield "the permissions boundary "
            + (boundary == null ? "" : boundary.name() + " ")
            + "does not allow "
            + what();
      }
      case SESSION ->
          policies.session().isEmpty()
              ? "a federated session has only what its session policy allows, and it has none"
              : "no session policy allows " + what();
      case RESOURCE ->
          (policies.resource() == null
                  ? "there is no resource policy that allows "
                  : "the resource policy " + policies.resource().name() + " does not allow ")
              + what()
              + " to "
              + request.principal().arn()
              + (request.principal().account() == null || isWithinAccount()
                  ? ""
                  : ", who is of another account");
    };
  }

  private List<String> details(Decision decision) {
    return switch (decision) {
      case Allowed allowed -> List.of();
      case ExplicitlyDenied denied -> why(denied.by());
      case ImplicitlyDenied denied -> nearMisses(denied.missing());
    };
  }

  /** What made a denial apply. */
  private List<String> why(Match denial) {
    var details = new ArrayList<String>();
    var statement = denial.statement();
    for (var condition : statement.conditions()) {
      details.add("its condition " + ConditionText.met(condition, request));
    }
    var principals = statement.principals();
    if (principals != null && principals.negated()) {
      details.add(
          "its NotPrincipal does not spare "
              + request.principal().arn()
              + ": it must list the caller, the role or user behind its session, and its account");
    }
    return details;
  }

  private List<String> nearMisses(Missing missing) {
    var near = new ArrayList<NearMiss>();
    boolean any = false;
    for (var layer : layers(missing)) {
      for (var policy : policies.of(layer)) {
        for (var statement : policy.policy().statements()) {
          any = true;
          if (statement.effect() == Effect.ALLOW) {
            near.add(NearMiss.of(new Match(layer, policy.name(), statement), policy, request));
          }
        }
      }
    }
    var told = new ArrayList<String>();
    if (missing == Missing.IDENTITY && policies.identity().isEmpty()) {
      told.add("the caller has no identity policies");
    }
    if (missing == Missing.IDENTITY && !isWithinAccount() && resourceAllows()) {
      told.add(
          "the resource policy allows it, but is of another account: the caller's own account must"
              + " allow it too");
    }
    near.stream()
        .sorted(Comparator.comparingInt(NearMiss::distance))
        .filter(NearMiss::isNear)
        .limit(MAX_NEAR)
        .map(NearMiss::text)
        .forEach(told::add);
    return told.isEmpty() && any ? List.of("no statement comes near to it") : told;
  }

  private boolean resourceAllows() {
    return Search.of(request, policies, Layer.RESOURCE).allow() != null;
  }

  private List<Layer> layers(Missing missing) {
    return switch (missing) {
      case IDENTITY ->
          isWithinAccount() ? List.of(Layer.IDENTITY, Layer.RESOURCE) : List.of(Layer.IDENTITY);
      case BOUNDARY -> List.of(Layer.BOUNDARY);
      case SESSION -> List.of(Layer.SESSION);
      case RESOURCE -> List.of(Layer.RESOURCE);
    };
  }
}
