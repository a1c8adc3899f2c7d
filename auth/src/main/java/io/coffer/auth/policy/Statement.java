package io.coffer.auth.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a policy in matching form. Source: IAM User Guide, "IAM JSON policy elements:
 * Statement".
 *
 * @param index its place in the policy, from 1
 * @param principals null in policies of identities, sessions and boundaries
 * @param resources null in trust policies, where a statement is of the role itself
 * @param conditions all of which must hold
 */
public record Statement(
    int index,
    @Nullable String sid,
    Effect effect,
    @Nullable Principals principals,
    Actions actions,
    @Nullable Resources resources,
    List<Condition> conditions) {
  public Statement {
    conditions = List.copyOf(conditions);
  }

  /** How strongly it speaks of the request; NONE if it does not apply. */
  Grant applies(RequestContext request) {
    if (!actions.match(request.lowerAction())) {
      return Grant.NONE;
    }
    var grant = principals == null ? Grant.SELF : principals.match(request.names());
    if (grant == Grant.NONE || (resources != null && !resources.match(request))) {
      return Grant.NONE;
    }
    for (int i = 0; i < conditions.size(); i++) {
      if (!conditions.get(i).holds(request)) {
        return Grant.NONE;
      }
    }
    return grant;
  }

  /** As people speak of it: "statement 2 (Sid ReadLogs)". */
  public String title() {
    return "statement " + index + (sid == null || sid.isEmpty() ? "" : " (Sid " + sid + ")");
  }

  /** As JSON on one line. */
  public String toJson() {
    return PolicyWriter.write(this);
  }
}
