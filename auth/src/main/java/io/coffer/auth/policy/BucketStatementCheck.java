package io.coffer.auth.policy;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What S3 checks of a statement of a bucket policy when it is stored: that it can apply to anything
 * at all. Source: S3 User Guide, "Policies and permissions in Amazon S3" and "Bucket policies for
 * Amazon S3"; texts as S3 answers them.
 */
final class BucketStatementCheck {
  private static final String BUCKETS = "arn:aws:s3:::";

  private final Statement statement;
  private final @Nullable String bucket;
  private final List<String> resources;
  private final boolean hasBucket;
  private final boolean hasObject;

  /**
   * A check.
   *
   * @param bucket whose policy it is; null if it is not known
   */
  BucketStatementCheck(Statement statement, @Nullable String bucket) {
    this.statement = statement;
    this.bucket = bucket;
    var all = statement.resources();
    this.resources = all == null ? List.of() : all.patterns();
    boolean others = all == null || all.negated();
    this.hasBucket = others || resources.stream().anyMatch(r -> r.indexOf('/') < 0);
    this.hasObject = others || resources.stream().anyMatch(BucketStatementCheck::isOfObjects);
  }

  /** A wildcard may stand for the slash behind the bucket. */
  private static boolean isOfObjects(String pattern) {
    var name = name(pattern);
    return pattern.equals("*")
        || (name != null && name.chars().anyMatch(c -> c == '/' || c == '*' || c == '?'));
  }

  /**
   * Checks the statement.
   *
   * @throws MalformedPolicyException it cannot apply
   */
  void check() {
    if (!resources.stream().allMatch(this::isOfBucket)) {
      throw fault("Policy has invalid resource");
    }
    for (var action : statement.actions().patterns()) {
      var glob = Glob.of(action.toLowerCase(Locale.ROOT));
      var known =
          S3Action.values().stream().filter(each -> glob.matches(each.lowerName())).toList();
      if (known.isEmpty()) {
        throw fault("Policy has invalid action");
      }
      if (!statement.actions().negated() && known.stream().noneMatch(this::hasResource)) {
        throw fault("Action does not apply to any resource(s) in statement");
      }
    }
    var possible =
        S3Action.values().stream()
            .filter(each -> statement.actions().match(each.lowerName()))
            .filter(this::hasResource)
            .toList();
    for (var condition : statement.conditions()) {
      if (S3ConditionKeys.isLimited(condition.lowerKey())
          && possible.stream().noneMatch(a -> S3ConditionKeys.applies(condition.lowerKey(), a))) {
        throw fault("Conditions do not apply to combination of actions and resources in statement");
      }
    }
  }

  /** Whether the statement has a resource that the action can be about. */
  private boolean hasResource(S3Action action) {
    return action.ofObject() ? hasObject : hasBucket;
  }

  private boolean isOfBucket(String pattern) {
    if (pattern.equals("*")) {
      return true;
    }
    var name = name(pattern);
    if (name == null || name.isEmpty()) {
      return false;
    }
    int slash = name.indexOf('/');
    var ofBucket = slash < 0 ? name : name.substring(0, slash);
    return bucket == null || Glob.of(ofBucket).matches(bucket);
  }

  /** What follows the first five parts, if those can be S3's; else null. */
  private static @Nullable String name(String pattern) {
    if (pattern.startsWith(BUCKETS)) {
      return pattern.substring(BUCKETS.length());
    }
    var parts = pattern.split(":", 6);
    boolean matches =
        parts.length == 6
            && Glob.of(parts[1]).matches("aws")
            && Glob.of(parts[2]).matches("s3")
            && Glob.of(parts[3]).matches("")
            && Glob.of(parts[4]).matches("");
    return matches ? parts[5] : null;
  }

  private static MalformedPolicyException fault(String message) {
    return new MalformedPolicyException(PolicyKind.RESOURCE, message);
  }
}
