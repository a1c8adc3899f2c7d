package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.auth.policy.Decision;
import io.coffer.auth.policy.Effect;
import io.coffer.auth.policy.Evaluator;
import io.coffer.auth.policy.Explanation;
import io.coffer.auth.policy.Layer;
import io.coffer.auth.policy.Match;
import io.coffer.auth.policy.PolicySet;
import io.coffer.auth.policy.PolicySource;
import io.coffer.auth.policy.Principal;
import io.coffer.auth.policy.RequestContext;
import io.coffer.model.iam.EvaluationResult;
import io.coffer.model.iam.PermissionsBoundaryDecisionDetail;
import io.coffer.model.iam.PolicyEvaluationDecisionType;
import io.coffer.model.iam.Position;
import io.coffer.model.iam.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What would be decided of requests that nobody makes. Source: IAM API Reference,
 * "SimulateCustomPolicy" and "EvaluationResult".
 *
 * @param caller who would ask
 * @param anyone whether the caller stands for somebody of whom nothing is known
 * @param policies by whose names {@code sources} are found
 * @param asked condition keys of which policies ask and that are not given
 */
record Simulation(
    Principal caller,
    boolean anyone,
    PolicySet policies,
    Map<String, Located> sources,
    ConditionValues values,
    Set<String> asked) {
  /** A policy, where it is from, and where its statements are. */
  record Located(PolicySources.Source source, List<PolicySource.Span> statements) {}

  /** What would be decided of one request. */
  EvaluationResult result(String action, String resource) {
    var request = new RequestContext(caller, action, resource, values);
    var explanation = Evaluator.explain(request, policies);
    return EvaluationResult.builder()
        .evalActionName(action)
        .evalResourceName(resource)
        .evalDecision(word(explanation.decision()))
        .evalDecisionDetails(details(explanation))
        .permissionsBoundaryDecisionDetail(boundary(explanation))
        .matchedStatements(matched(explanation).stream().map(this::statement).toList())
        .missingContextValues(List.copyOf(missing(explanation)))
        .build();
  }

  private static PolicyEvaluationDecisionType word(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> PolicyEvaluationDecisionType.ALLOWED;
      case Decision.ExplicitlyDenied denied -> PolicyEvaluationDecisionType.EXPLICIT_DENY;
      case Decision.ImplicitlyDenied denied -> PolicyEvaluationDecisionType.IMPLICIT_DENY;
    };
  }

  /** Across accounts each side must allow; within one there is nothing to tell apart. */
  private Map<String, PolicyEvaluationDecisionType> details(Explanation explanation) {
    var account = caller.account();
    if (account == null || account.id().equals(policies.resourceAccount())) {
      return Map.of();
    }
    return Map.of(
        "IAM Policy", side(explanation, Layer.IDENTITY),
        "Resource Policy", side(explanation, Layer.RESOURCE));
  }

  private static PolicyEvaluationDecisionType side(Explanation explanation, Layer layer) {
    if (has(explanation, layer, Effect.DENY)) {
      return PolicyEvaluationDecisionType.EXPLICIT_DENY;
    }
    return has(explanation, layer, Effect.ALLOW)
        ? PolicyEvaluationDecisionType.ALLOWED
        : PolicyEvaluationDecisionType.IMPLICIT_DENY;
  }

  private static boolean has(Explanation explanation, Layer layer, Effect effect) {
    return explanation.matched().stream()
        .anyMatch(match -> match.layer() == layer && match.statement().effect() == effect);
  }

  private @Nullable PermissionsBoundaryDecisionDetail boundary(Explanation explanation) {
    if (policies.boundary() == null) {
      return null;
    }
    boolean allowed = side(explanation, Layer.BOUNDARY) == PolicyEvaluationDecisionType.ALLOWED;
    return PermissionsBoundaryDecisionDetail.builder()
        .allowedByPermissionsBoundary(allowed)
        .build();
  }

  /** Those that decide: where one denies, no others. */
  private static List<Match> matched(Explanation explanation) {
    var deciding =
        explanation.decision() instanceof Decision.ExplicitlyDenied ? Effect.DENY : Effect.ALLOW;
    return explanation.matched().stream()
        .filter(match -> match.statement().effect() == deciding)
        .toList();
  }

  private Statement statement(Match match) {
    var located = requireNonNull(sources.get(match.policy()));
    var source = located.source();
    var span = located.statements().get(match.statement().index() - 1);
    return Statement.builder()
        .sourcePolicyId(source.id())
        .sourcePolicyType(source.type())
        .startPosition(position(span.startLine(), span.startColumn()))
        .endPosition(position(span.endLine(), span.endColumn()))
        .build();
  }

  private static Position position(int line, int column) {
    return Position.builder().line(line).column(column).build();
  }

  private Set<String> missing(Explanation explanation) {
    var missing = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    missing.addAll(explanation.missingKeys());
    for (var key : asked) {
      if (anyone || !isOfCaller(key.toLowerCase(Locale.ROOT))) {
        missing.add(key);
      }
    }
    return missing;
  }

  private static boolean isOfCaller(String key) {
    return switch (key) {
      case "aws:username",
          "aws:userid",
          "aws:principalarn",
          "aws:principalaccount",
          "aws:principaltype" ->
          true;
      default -> key.startsWith("aws:principaltag/");
    };
  }
}
