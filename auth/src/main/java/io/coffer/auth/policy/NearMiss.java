package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement that might have allowed a request, and why it does not.
 *
 * @param faults what it fails at
 * @param distance 0 for the nearest; those that fail at conditions alone come first
 */
record NearMiss(Match match, List<String> faults, int distance) {
  private static final int CONDITION = 1;
  private static final int RESOURCE = 3;
  private static final int PRINCIPAL = 4;
  private static final int ACTION = 5;

  /** What fails at more than this is no help to anybody. */
  private static final int NEAR = 8;

  static NearMiss of(Match match, NamedPolicy policy, RequestContext request) {
    var statement = match.statement();
    var faults = new ArrayList<String>();
    int distance = 0;
    var principals = statement.principals();
    var grant = principals == null ? Grant.SELF : principals.match(request.names());
    if (principals != null && grant == Grant.NONE) {
      distance += PRINCIPAL;
      faults.add("it is for " + names(principals) + ", not for " + request.principal().arn());
    }
    if (!statement.actions().match(request.lowerAction())) {
      distance += ACTION;
      faults.add(actionFault(statement.actions(), request));
    }
    var resources = statement.resources();
    if (resources != null && !resources.match(request)) {
      distance += RESOURCE;
      faults.add(resourceFault(resources, policy.policy(), request));
    }
    var failed = statement.conditions().stream().filter(c -> !c.holds(request)).toList();
    for (var condition : failed) {
      distance += CONDITION;
      faults.add("its condition " + ConditionText.notMet(condition, policy.policy(), request));
    }
    if (faults.isEmpty() && grant == Grant.ACCOUNT) {
      faults.add(
          "it allows it to the account, which leaves it to the account's identity policies;"
              + " to allow it here, name the user, role or session");
    }
    return new NearMiss(match, List.copyOf(faults), distance);
  }

  boolean isNear() {
    return !faults.isEmpty() && distance <= NEAR;
  }

  String text() {
    return match.title() + " does not: " + String.join("; ", faults);
  }

  private static String names(Principals principals) {
    return Hints.some(principals.patterns().stream().map(PrincipalPattern::text).toList());
  }

  private static String actionFault(Actions actions, RequestContext request) {
    var fault =
        (actions.negated() ? "it covers all actions but " : "it covers ")
            + Hints.some(actions.patterns())
            + ", not "
            + request.action();
    var hint = Hints.ofActions(actions, request);
    return hint == null ? fault : fault + " (" + hint + ")";
  }

  private static String resourceFault(Resources resources, Policy policy, RequestContext request) {
    var fault =
        (resources.negated() ? "it covers all resources but " : "it covers ")
            + Hints.some(resources.patterns())
            + ", not "
            + request.resource();
    var hint = Hints.ofResources(resources, policy, request);
    return hint == null ? fault : fault + " (" + hint + ")";
  }
}
