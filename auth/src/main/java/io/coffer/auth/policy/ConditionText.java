package io.coffer.auth.policy;

import java.util.List;

/** Conditions in words. */
final class ConditionText {
  private ConditionText() {}

  /** That a condition was met, and by what. */
  static String met(Condition condition, RequestContext request) {
    return name(condition) + " was met: " + wantedAndWas(condition, request);
  }

  /** That a condition was not met, and why. */
  static String notMet(Condition condition, Policy policy, RequestContext request) {
    var text = name(condition) + " was not met: " + wantedAndWas(condition, request);
    var hint = Hints.ofCondition(condition, policy, request);
    return hint == null ? text : text + " (" + hint + ")";
  }

  private static String name(Condition condition) {
    return condition.operator() + " " + condition.key();
  }

  private static String wantedAndWas(Condition condition, RequestContext request) {
    var was = request.values(condition.lowerKey());
    return "wanted "
        + quoted(condition.values())
        + ", was "
        + (was.isEmpty() ? "absent" : quoted(was));
  }

  private static String quoted(List<String> values) {
    return Hints.some(values.stream().map(value -> "\"" + value + "\"").toList());
  }
}
