package io.coffer.auth.policy;

import io.coffer.auth.policy.ConditionOperator.Quantifier;

/**
 * Whether a bucket policy is public. Source: S3 User Guide, "Blocking public access to your Amazon
 * S3 storage", "The meaning of 'public'": a policy is, unless each of its statements that allow
 * does so to fixed principals, or under a condition on fixed values of certain keys. Fixed is what
 * has neither wildcards nor variables.
 */
public final class BucketPolicyStatus {
  private static final int BROADEST_IPV4 = 8;
  private static final int BROADEST_IPV6 = 32;

  private BucketPolicyStatus() {}

  /** Whether anybody who is not named may do something by a bucket policy. */
  public static boolean isPublic(Policy policy) {
    return policy.statements().stream()
        .anyMatch(statement -> statement.effect() == Effect.ALLOW && isPublic(statement));
  }

  private static boolean isPublic(Statement statement) {
    var principals = statement.principals();
    boolean fixed =
        principals != null
            && !principals.negated()
            && principals.patterns().stream().allMatch(BucketPolicyStatus::isFixed);
    return !fixed && statement.conditions().stream().noneMatch(BucketPolicyStatus::isLimit);
  }

  /** An identity provider vouches for anybody. */
  private static boolean isFixed(PrincipalPattern pattern) {
    return !(pattern instanceof PrincipalPattern.Everyone
        || pattern instanceof PrincipalPattern.Federated);
  }

  /** Whether a condition leaves only callers that it names. */
  private static boolean isLimit(Condition condition) {
    var operator = condition.parsedOperator();
    if (operator.ifExists() || operator.quantifier() == Quantifier.ALL) {
      return false;
    }
    return switch (condition.lowerKey()) {
      case "aws:sourceip" ->
          operator.comparison() == Comparison.IP_ADDRESS
              && condition.values().stream().allMatch(BucketPolicyStatus::isNarrow);
      case "s3:dataaccesspointarn" ->
          isPositive(operator)
              && condition.templates().stream().allMatch(BucketPolicyStatus::isOfOneAccount);
      case "aws:principalaccount",
          "aws:principalarn",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:principalservicename",
          "aws:sourcearn",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:sourceowner",
          "aws:sourceaccount",
          "aws:userid",
          "s3:dataaccesspointaccount",
          "s3:x-amz-server-side-encryption-aws-kms-key-id" ->
          isPositive(operator) && condition.templates().stream().allMatch(t -> isFixed(t));
      default -> false;
    };
  }

  private static boolean isPositive(ConditionOperator operator) {
    return switch (operator.comparison()) {
      case STRING_EQUALS, STRING_EQUALS_IGNORE_CASE, STRING_LIKE, ARN_EQUALS, ARN_LIKE -> true;
      default -> false;
    };
  }

  private static boolean isFixed(Template template) {
    var text = template.fixed();
    return text != null && !text.isWild();
  }

  private static boolean isNarrow(String range) {
    var block = CidrBlock.parse(range);
    return block != null && block.prefix() >= (block.isIpv4() ? BROADEST_IPV4 : BROADEST_IPV6);
  }

  /** An access point's name may have wildcards, if its account is fixed. */
  private static boolean isOfOneAccount(Template template) {
    var text = template.fixed();
    if (text == null || !ArnPattern.hasSixParts(text.text())) {
      return false;
    }
    var account = text.text().split(":", 6)[4];
    return !account.isEmpty() && account.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
