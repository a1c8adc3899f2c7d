package io.coffer.service.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may do something, and why; for operators, never for whom it is about.
 *
 * @param who its ARN, or {@code anonymous}
 * @param summary one sentence
 * @param details a sentence each: what came near to allowing it, and what else had a say
 * @param policy name of the policy that decided; null when no statement did
 * @param statement which of its statements; null likewise
 * @param missingKeys condition keys that policies ask for and the question does not have
 */
public record Explained(
    boolean allowed,
    String who,
    String summary,
    List<String> details,
    @Nullable String policy,
    @Nullable String statement,
    List<String> missingKeys) {
  public Explained {
    details = List.copyOf(details);
    missingKeys = List.copyOf(missingKeys);
  }

  /** What no policy was asked about. */
  static Explained without(boolean allowed, String who, String summary) {
    return new Explained(allowed, who, summary, List.of(), null, null, List.of());
  }

  /** All of it, a line each. */
  public String text() {
    var text = new StringBuilder(summary);
    for (var detail : details) {
      text.append("\n- ").append(detail);
    }
    if (!missingKeys.isEmpty()) {
      text.append("\n- policies ask for what the question does not say: ")
          .append(String.join(", ", missingKeys));
    }
    return text.toString();
  }
}
