package io.coffer.auth.policy;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The condition keys of which a policy asks, in conditions and in variables. Source: IAM API
 * Reference, "GetContextKeysForCustomPolicy".
 */
public final class ContextKeys {
  private final SortedSet<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private ContextKeys() {}

  /** Those of some policies; each once, whatever its case. */
  public static SortedSet<String> of(List<Policy> policies) {
    var found = new ContextKeys();
    for (var policy : policies) {
      policy.statements().forEach(found::add);
    }
    return found.keys;
  }

  private void add(Statement statement) {
    for (var condition : statement.conditions()) {
      keys.add(condition.key());
      condition.templates().forEach(this::add);
    }
    var resources = statement.resources();
    if (resources != null) {
      resources.templates().forEach(this::add);
    }
  }

  private void add(Template template) {
    for (var piece : template.pieces()) {
      if (piece instanceof Template.Variable variable) {
        keys.add(variable.key());
      }
    }
  }
}
