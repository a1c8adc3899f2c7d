package io.coffer.auth.policy;

import org.jspecify.annotations.Nullable;

/** The operators of conditions. Source: IAM User Guide, "Condition operators". */
enum Comparison {
  STRING_EQUALS("StringEquals", Type.STRING, false),
  STRING_NOT_EQUALS("StringNotEquals", Type.STRING, true),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Type.STRING_IGNORE_CASE, false),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Type.STRING_IGNORE_CASE, true),
  STRING_LIKE("StringLike", Type.PATTERN, false),
  STRING_NOT_LIKE("StringNotLike", Type.PATTERN, true),
  NUMERIC_EQUALS("NumericEquals", Type.NUMBER, false),
  NUMERIC_NOT_EQUALS("NumericNotEquals", Type.NUMBER, true),
  NUMERIC_LESS_THAN("NumericLessThan", Type.NUMBER, false),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Type.NUMBER, false),
  NUMERIC_GREATER_THAN("NumericGreaterThan", Type.NUMBER, false),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Type.NUMBER, false),
  DATE_EQUALS("DateEquals", Type.DATE, false),
  DATE_NOT_EQUALS("DateNotEquals", Type.DATE, true),
  DATE_LESS_THAN("DateLessThan", Type.DATE, false),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", Type.DATE, false),
  DATE_GREATER_THAN("DateGreaterThan", Type.DATE, false),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Type.DATE, false),
  BOOL("Bool", Type.BOOL, false),
  BINARY_EQUALS("BinaryEquals", Type.BINARY, false),
  IP_ADDRESS("IpAddress", Type.IP, false),
  NOT_IP_ADDRESS("NotIpAddress", Type.IP, true),
  ARN_EQUALS("ArnEquals", Type.ARN, false),
  ARN_NOT_EQUALS("ArnNotEquals", Type.ARN, true),
  ARN_LIKE("ArnLike", Type.ARN, false),
  ARN_NOT_LIKE("ArnNotLike", Type.ARN, true),
  NULL("Null", Type.BOOL, false);

  /** What the values are taken for. */
  enum Type {
    STRING,
    STRING_IGNORE_CASE,
    PATTERN,
    NUMBER,
    DATE,
    BOOL,
    BINARY,
    IP,
    ARN;

    /** Whether variables may stand in a policy's values. */
    boolean hasVariables() {
      return switch (this) {
        case STRING, STRING_IGNORE_CASE, PATTERN, ARN, BOOL -> true;
        case NUMBER, DATE, BINARY, IP -> false;
      };
    }
  }

  private final String word;
  private final Type type;
  private final boolean negated;

  Comparison(String word, Type type, boolean negated) {
    this.word = word;
    this.type = type;
    this.negated = negated;
  }

  static @Nullable Comparison of(String word) {
    for (var each : values()) {
      if (each.word.equals(word)) {
        return each;
      }
    }
    return null;
  }

  String word() {
    return word;
  }

  Type type() {
    return type;
  }

  /** Whether it holds where no value of the policy matches. */
  boolean negated() {
    return negated;
  }

  /** For numbers and dates: whether a value of the request, compared with the policy's, fits. */
  boolean accepts(int order) {
    return switch (this) {
      case NUMERIC_LESS_THAN, DATE_LESS_THAN -> order < 0;
      case NUMERIC_LESS_THAN_EQUALS, DATE_LESS_THAN_EQUALS -> order <= 0;
      case NUMERIC_GREATER_THAN, DATE_GREATER_THAN -> order > 0;
      case NUMERIC_GREATER_THAN_EQUALS, DATE_GREATER_THAN_EQUALS -> order >= 0;
      default -> order == 0;
    };
  }
}
