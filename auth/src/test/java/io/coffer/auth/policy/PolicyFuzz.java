package io.coffer.auth.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Policies of all kinds: refused, or written and read again as the same, with the same meaning. */
public final class PolicyFuzz {
  private static final String ACCOUNT = "111111111111";

  private PolicyFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    var json = new String(input, StandardCharsets.UTF_8);
    for (var kind : PolicyKind.values()) {
      Policy policy;
      try {
        policy = PolicyReader.read(json, kind);
      } catch (MalformedPolicyException e) {
        assertTrue(String.valueOf(e.getMessage()).length() <= 2 * input.length + 1_000);
        continue;
      }
      var written = policy.toJson();
      // What is short with escapes and in lists may be longer than is allowed without them.
      if (written.getBytes(StandardCharsets.UTF_8).length <= kind.maxBytes()) {
        var again = PolicyReader.read(written, kind);
        assertEquals(written, again.toJson());
        sameMeaning(policy, again);
      }
    }
  }

  private static void sameMeaning(Policy policy, Policy again) {
    for (var caller : List.of("anonymous", "user 1 alice tag.team=red", "role 1 app session")) {
      for (var resource : List.of("arn:aws:s3:::bucket/alice/x", "arn:aws:s3:::bucket", "*")) {
        var request =
            new RequestContext(
                Callers.of(caller),
                "s3:GetObject",
                resource,
                ConditionValues.builder()
                    .put("aws:SourceIp", "192.0.2.7")
                    .put("aws:SecureTransport", "true")
                    .put("s3:prefix", "alice/")
                    .put("aws:TagKeys", List.of("a", "b"))
                    .build());
        var decision = Evaluator.decide(request, set(policy));
        assertEquals(decision.allowed(), Evaluator.decide(request, set(again)).allowed());
        if (policy.statements().stream().noneMatch(s -> s.effect() == Effect.ALLOW)) {
          assertFalse(decision.allowed());
        }
        Evaluator.explain(request, set(policy));
      }
    }
  }

  private static PolicySet set(Policy policy) {
    var named = new NamedPolicy("fuzzed", policy);
    return policy.kind().hasPrincipal()
        ? new PolicySet(List.of(), null, List.of(), named, ACCOUNT)
        : new PolicySet(List.of(named), null, List.of(), null, ACCOUNT);
  }
}
