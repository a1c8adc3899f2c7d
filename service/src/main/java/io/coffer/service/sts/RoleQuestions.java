package io.coffer.service.sts;

import io.coffer.auth.Caller;
import io.coffer.auth.policy.Decision;
import io.coffer.model.QueryException;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.explain.WrongQuestion;
import io.coffer.service.identity.Judge;
import java.util.Optional;

/** Decides questions about assuming roles as {@link AssumeRole} does. Thread-safe. */
public final class RoleQuestions {
  private final Subjects s;

  public RoleQuestions(Subjects s) {
    this.s = s;
  }

  /** Whether a caller is of a kind that can assume roles at all: not root. */
  public static boolean mayAssumeRoles(Caller.Known caller) {
    return StsCallers.mayAssumeRoles(caller);
  }

  /**
   * Decides.
   *
   * @param action sts:AssumeRole, sts:TagSession or sts:SetSourceIdentity
   * @return empty when the caller's user or role is no more
   * @throws WrongQuestion there is no such role
   */
  public Optional<Decision> decide(Judge judge, Context context, String action, String roleArn) {
    var role = find(roleArn);
    var values = role.values(context, null, SessionTags.NONE, null);
    return role.decide(judge, s.permits(), context, action, values);
  }

  private AssumableRole find(String roleArn) {
    RoleArn arn;
    try {
      arn = RoleArn.parse(roleArn);
    } catch (QueryException e) {
      throw new WrongQuestion(
          "'%s' is no ARN of a role: that is arn:aws:iam::ACCOUNT:role/NAME.".formatted(roleArn));
    }
    return AssumableRole.find(arn, s.accounts(), s.entities())
        .orElseThrow(() -> new WrongQuestion("There is no role " + roleArn + "."));
  }
}
