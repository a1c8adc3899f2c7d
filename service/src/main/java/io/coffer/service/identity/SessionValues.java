package io.coffer.service.identity;

import io.coffer.auth.Caller;
import io.coffer.auth.Session;
import io.coffer.auth.policy.ConditionValues;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The condition keys that follow from a session. Source: IAM User Guide, "AWS global condition
 * context keys", and "IAM and AWS STS condition context keys" for those of web identities.
 */
final class SessionValues {
  private SessionValues() {}

  /** The given values, after those of the caller's session if it is in one. */
  static ConditionValues of(Caller caller, ConditionValues given) {
    if (!(caller instanceof Caller.InSession in)) {
      return given;
    }
    return key -> {
      var own = get(in.session(), key);
      return own.isEmpty() ? given.get(key) : own;
    };
  }

  private static List<String> get(Session session, String key) {
    return switch (key) {
      case "aws:tokenissuetime" ->
          List.of(session.issued().truncatedTo(ChronoUnit.SECONDS).toString());
      case "aws:sourceidentity" ->
          session.sourceIdentity() == null ? List.of() : List.of(session.sourceIdentity());
      // There are no devices for it here; long-term keys do not have the key at all.
      case "aws:multifactorauthpresent" -> List.of("false");
      default -> session.claims().getOrDefault(key, List.of());
    };
  }
}
