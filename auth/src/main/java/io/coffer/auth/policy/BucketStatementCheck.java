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

  /**
   * A check.
   *
   * @param bucket whose policy it is; null if it is not known
   */
  BucketStatementCheck(Statement statement, @Nullable String bucket) {
    this.statement = statement;
    this.bucket = bucket;
  }

  /**
   * Checks the statement.
   *
   * @throws MalformedPolicyException it cannot apply
   */
  void check() {
    var patterns = statement.resources() == null ? List.<String>of() : resources(statement);
    for (var pattern : patterns) {
      if (!isOfBucket(pattern)) {
        throw fault("Policy has invalid resource");
      }
    }
    for (var action : statement.actions().patterns()) {
      var known = S3Action.values().stream().filter(a -> matches(action, a)).toList();
      if (known.isEmpty()) {
        throw fault("Policy has invalid action");
      }
      if (!statement.actions().negated() && known.stream().noneMatch(this::hasResource)) {
        throw fault("Action does not apply to any resource(s) in statement");
      }
    }
    var possible =
        S3Action.values().stream()
            .filter(a -> statement.actions().match(a.name().toLowerCase(Locale.ROOT)))
            .filter(this::hasResource)
            .toList();
    for (var condition : statement.conditions()) {
      if (S3ConditionKeys.isLimited(condition.lowerKey())
          && possible.stream().noneMatch(a -> S3ConditionKeys.applies(condition.lowerKey(), a))) {
        throw fault("Conditions do not apply to combination of actions and resources in statement");
      }
    }
  }

  private static List<String> resources(Statement statement) {
    return statement.resources() == null ? List.of() : statement.resources().patterns();
  }

  private static boolean matches(String pattern, S3Action action) {
    return Glob.of(pattern.toLowerCase(Locale.ROOT))
        .matches(action.name().toLowerCase(Locale.ROOT));
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

  /** Whether the statement has a resource that the action can be about. */
  private boolean hasResource(S3Action action) {
    var resources = statement.resources();
    if (resources == null || resources.negated()) {
      return true;
    }
    for (var pattern : resources.patterns()) {
      boolean object = pattern.indexOf('/') >= 0;
      boolean open = pattern.indexOf('*') >= 0;
      if (action.ofObject() ? object || open : !object) {
        return true;
      }
    }
    return false;
  }

  private static MalformedPolicyException fault(String message) {
    return new MalformedPolicyException(PolicyKind.RESOURCE, message);
  }
}
