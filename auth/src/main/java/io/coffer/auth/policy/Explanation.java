package io.coffer.auth.policy;

import java.util.List;

/**
 * A decision and why it is so, for people; for `coffer explain` and logs, never for the caller.
 *
 * @param summary one sentence
 * @param details a sentence each: what came near to allowing the request, and what it failed at
 * @param matched all statements that apply to the request
 * @param missingKeys condition keys that policies ask for and the request does not have
 */
public record Explanation(
    Decision decision,
    String summary,
    List<String> details,
    List<Match> matched,
    List<String> missingKeys) {
  public Explanation {
    details = List.copyOf(details);
    matched = List.copyOf(matched);
    missingKeys = List.copyOf(missingKeys);
  }

  /** Summary and details, a line each. */
  public String text() {
    var text = new StringBuilder(summary);
    for (var detail : details) {
      text.append("\n- ").append(detail);
    }
    return text.toString();
  }
}
