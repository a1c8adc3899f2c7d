package io.coffer.service.identity;

import io.coffer.auth.policy.MalformedPolicyException;
import io.coffer.auth.policy.NamedPolicy;
import io.coffer.auth.policy.Policy;
import io.coffer.auth.policy.PolicyKind;
import io.coffer.auth.policy.PolicyReader;
import io.coffer.service.LatestUsed;
import java.util.Map;

/** Policies that were read once, by what they say; the latest used ones. Thread-safe. */
public final class CompiledPolicies {
  private static final int MOST = 2_000;

  private record Source(PolicyKind kind, String document) {}

  private final Map<Source, Policy> compiled = LatestUsed.map(MOST);

  /**
   * A policy that was found good when it was stored.
   *
   * @param name what it is called where decisions are explained
   * @throws IllegalStateException it is not good
   */
  public NamedPolicy get(String name, PolicyKind kind, String document) {
    var source = new Source(kind, document);
    var known = compiled.get(source);
    if (known == null) {
      known = read(source, name);
      compiled.put(source, known);
    }
    return new NamedPolicy(name, known);
  }

  private static Policy read(Source source, String name) {
    try {
      return PolicyReader.read(source.document(), source.kind());
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException("the stored policy " + name + " cannot be read", e);
    }
  }
}
