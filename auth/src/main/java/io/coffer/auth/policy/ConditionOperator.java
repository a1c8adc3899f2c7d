package io.coffer.auth.policy;

import org.jspecify.annotations.Nullable;

/**
 * An operator with what may stand before and behind it. Source: IAM User Guide, "Condition
 * operators" and "Multivalued context keys".
 *
 * @param text as the policy has it
 * @param ifExists whether an absent key satisfies it
 */
record ConditionOperator(
    String text, Quantifier quantifier, Comparison comparison, boolean ifExists) {
  private static final String IF_EXISTS = "IfExists";

  /** Of which values of the request the comparison speaks. */
  enum Quantifier {
    /** Of the only one. */
    NONE(""),
    ALL("ForAllValues:"),
    ANY("ForAnyValue:");

    private final String prefix;

    Quantifier(String prefix) {
      this.prefix = prefix;
    }
  }

  /** The operator that a policy names; null if there is none. */
  static @Nullable ConditionOperator parse(String text) {
    var quantifier = Quantifier.NONE;
    for (var each : Quantifier.values()) {
      if (text.startsWith(each.prefix)) {
        quantifier = each;
      }
    }
    var name = text.substring(quantifier.prefix.length());
    boolean ifExists = name.endsWith(IF_EXISTS);
    if (ifExists) {
      name = name.substring(0, name.length() - IF_EXISTS.length());
    }
    var comparison = Comparison.of(name);
    if (comparison == null
        || (comparison == Comparison.NULL && (ifExists || quantifier != Quantifier.NONE))) {
      return null;
    }
    return new ConditionOperator(text, quantifier, comparison, ifExists);
  }
}
