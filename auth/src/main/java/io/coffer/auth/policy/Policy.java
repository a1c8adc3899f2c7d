package io.coffer.auth.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy, read and compiled by {@link PolicyReader}. Immutable, so it can be kept and shared.
 *
 * @param version of the language; 2008-10-17 where a policy has none
 * @param statements at least one
 */
public record Policy(
    PolicyKind kind, Version version, @Nullable String id, List<Statement> statements) {
  /** The versions of the policy language. */
  public enum Version {
    /** Without variables: <code>${aws:username}</code> is text like any other. */
    V2008("2008-10-17"),
    V2012("2012-10-17");

    private final String text;

    Version(String text) {
      this.text = text;
    }

    /** As policies write it. */
    public String text() {
      return text;
    }
  }

  public Policy {
    statements = List.copyOf(statements);
  }

  /** As JSON on one line: what {@link PolicyReader} reads as this policy again. */
  public String toJson() {
    return PolicyWriter.write(this);
  }
}
