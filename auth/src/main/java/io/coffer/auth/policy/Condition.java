package io.coffer.auth.policy;

import io.coffer.auth.policy.ConditionOperator.Quantifier;
import java.util.List;
import java.util.Locale;

/**
 * One key of one operator of a statement's Condition. Source: IAM User Guide, "IAM JSON policy
 * elements: Condition".
 */
public final class Condition {
  private final ConditionOperator operator;
  private final String key;
  private final String lowerKey;
  private final List<Template> values;
  private final List<ValueTest> tests;

  /**
   * Prepares a condition.
   *
   * @throws IllegalArgumentException a value is not of the operator's type
   */
  Condition(ConditionOperator operator, String key, List<Template> values) {
    this.operator = operator;
    this.key = key;
    this.lowerKey = key.toLowerCase(Locale.ROOT);
    this.values = List.copyOf(values);
    this.tests = values.stream().map(v -> ValueTest.of(operator.comparison(), v)).toList();
  }

  /** The operator as the policy has it, such as ForAnyValue:StringLike. */
  public String operator() {
    return operator.text();
  }

  /** The key as the policy has it. */
  public String key() {
    return key;
  }

  /** The values as the policy has them, with their variables. */
  public List<String> values() {
    return values.stream().map(Template::text).toList();
  }

  String lowerKey() {
    return lowerKey;
  }

  ConditionOperator parsedOperator() {
    return operator;
  }

  List<Template> templates() {
    return values;
  }

  boolean holds(RequestContext request) {
    var given = request.values(lowerKey);
    if (operator.comparison() == Comparison.NULL) {
      return matchesAny(Boolean.toString(given.isEmpty()), request);
    }
    boolean negated = operator.comparison().negated();
    if (operator.quantifier() != Quantifier.NONE && isEmptySet(given)) {
      return operator.quantifier() == Quantifier.ALL;
    }
    if (given.isEmpty()) {
      return negated || operator.ifExists();
    }
    // Of a key with several values and no quantifier: one that matches is enough, negated or not.
    boolean all = operator.quantifier() == Quantifier.ALL;
    boolean eachNegated = operator.quantifier() != Quantifier.NONE && negated;
    boolean result = all;
    for (int i = 0; i < given.size() && result == all; i++) {
      result = matchesAny(given.get(i), request) != eachNegated;
    }
    return operator.quantifier() == Quantifier.NONE ? result != negated : result;
  }

  /** An empty text is no value to ForAllValues and ForAnyValue. */
  private static boolean isEmptySet(List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private boolean matchesAny(String value, RequestContext request) {
    for (int i = 0; i < tests.size(); i++) {
      if (tests.get(i).matches(value, request)) {
        return true;
      }
    }
    return false;
  }
}
