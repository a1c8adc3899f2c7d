package io.coffer.auth.policy;

import java.util.List;
import java.util.Locale;

/**
 * The Action or NotAction of a statement. Source: IAM User Guide, "IAM JSON policy elements:
 * Action": names of services and actions do not distinguish case.
 */
public final class Actions {
  private final boolean negated;
  private final List<String> patterns;
  private final List<Glob> globs;

  Actions(boolean negated, List<String> patterns) {
    this.negated = negated;
    this.patterns = List.copyOf(patterns);
    this.globs = patterns.stream().map(p -> Glob.of(p.toLowerCase(Locale.ROOT))).toList();
  }

  /** Whether it is NotAction. */
  public boolean negated() {
    return negated;
  }

  /** As the policy has them. */
  public List<String> patterns() {
    return patterns;
  }

  /** Whether the statement is of an action, given in lower case. */
  boolean match(String action) {
    return listed(action) != negated;
  }

  private boolean listed(String action) {
    for (int i = 0; i < globs.size(); i++) {
      if (globs.get(i).matches(action)) {
        return true;
      }
    }
    return false;
  }
}
