package io.coffer.service;

import io.coffer.auth.Caller;
import io.coffer.auth.policy.ConditionValues;
import java.time.temporal.ChronoUnit;

/**
 * What a handler may know of a request beside its members.
 *
 * @param caller who asks
 * @param requestId the id in the answer and in the log
 * @param circumstances how the request came, for the conditions of policies
 */
public record Context(Caller caller, String requestId, Circumstances circumstances) {
  /** What the server does by itself. */
  public Context(Caller caller, String requestId) {
    this(caller, requestId, Circumstances.local());
  }

  /**
   * The condition keys of the request's circumstances and of the caller's session, to be added to.
   * Source: IAM User Guide, "AWS global condition context keys".
   */
  public ConditionValues.Builder values() {
    var values = circumstances.values();
    if (caller instanceof Caller.InSession(var session)) {
      values
          .put("aws:TokenIssueTime", session.issued().truncatedTo(ChronoUnit.SECONDS).toString())
          .put("aws:SourceIdentity", session.sourceIdentity());
    }
    return values;
  }
}
