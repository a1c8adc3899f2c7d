package io.coffer.auth.policy;

import java.util.List;

/**
 * The Principal or NotPrincipal of a statement. Source: IAM User Guide, "AWS JSON policy elements:
 * Principal" and "NotPrincipal".
 *
 * @param negated whether it is NotPrincipal, which stands in denials alone
 */
public record Principals(boolean negated, List<PrincipalPattern> patterns) {
  public Principals {
    patterns = List.copyOf(patterns);
  }

  Grant match(PrincipalNames names) {
    if (negated) {
      return isExcepted(names) ? Grant.NONE : Grant.SELF;
    }
    var grant = Grant.NONE;
    for (int i = 0; i < patterns.size(); i++) {
      grant = Grant.stronger(grant, patterns.get(i).match(names));
    }
    return grant;
  }

  /**
   * Whether a denial to all others spares a caller: its ARN is listed, and what it cannot have more
   * permissions than, which is its account and the role or user behind its session.
   */
  private boolean isExcepted(PrincipalNames names) {
    boolean self = false;
    boolean entity = names.entity() == null;
    boolean account = names.account() == null;
    for (var pattern : patterns) {
      if (pattern instanceof PrincipalPattern.Everyone) {
        return true;
      }
      switch (pattern.match(names)) {
        case SELF -> {
          self = true;
          account |= names.isRoot();
        }
        case ENTITY -> entity = true;
        case ACCOUNT -> account = true;
        case NONE -> {}
      }
    }
    return self && entity && account;
  }
}
