package io.coffer.auth.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for whatever policies, requests and bytes. */
class EvaluatorPropertiesTest {
  private static final int ROUNDS = 4_000;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final RandomPolicies policies = new RandomPolicies(random);

  @BeforeEach
  void printTheSeed() {
    System.out.println("EvaluatorPropertiesTest: seed " + seed);
  }

  @Test
  void oneMoreDenialNeverAllows() {
    int allowed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      var set = policies.set();
      var request = policies.request();
      boolean before = Evaluator.decide(request, set).allowed();
      boolean after = Evaluator.decide(request, policies.withOneMore(set, "Deny")).allowed();
      assertTrue(before || !after, () -> request.action() + " by " + set);
      allowed += before ? 1 : 0;
    }
    assertTrue(allowed > ROUNDS / 20 && allowed < ROUNDS, "allowed: " + allowed);
  }

  @Test
  void oneMoreAllowanceNeverDenies() {
    for (int i = 0; i < ROUNDS; i++) {
      var set = policies.set();
      var request = policies.request();
      boolean before = Evaluator.decide(request, set).allowed();
      boolean after = Evaluator.decide(request, policies.withOneMore(set, "Allow")).allowed();
      assertTrue(!before || after, () -> request.action() + " by " + set);
    }
  }

  @Test
  void whatDecidesApplies() {
    for (int i = 0; i < ROUNDS; i++) {
      var set = policies.set();
      var request = policies.request();
      switch (Evaluator.decide(request, set)) {
        case Decision.Allowed allowed -> {
          if (allowed.by() != null) {
            assertEquals(Effect.ALLOW, allowed.by().statement().effect());
            assertTrue(allowed.by().statement().applies(request) != Grant.NONE);
          }
        }
        case Decision.ExplicitlyDenied denied -> {
          assertEquals(Effect.DENY, denied.by().statement().effect());
          assertTrue(denied.by().statement().applies(request) != Grant.NONE);
        }
        case Decision.ImplicitlyDenied denied -> {
          var matched = Evaluator.explain(request, set).matched();
          assertTrue(matched.stream().allMatch(m -> m.statement().effect() == Effect.ALLOW));
        }
      }
    }
  }

  @Test
  void explanationsSayWhatWasDecided() {
    for (int i = 0; i < ROUNDS; i++) {
      var set = policies.set();
      var request = policies.request();
      var explanation = Evaluator.explain(request, set);
      assertEquals(Evaluator.decide(request, set), explanation.decision());
      assertEquals(explanation.decision().allowed(), explanation.text().startsWith("Allowed"));
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (int i = 0; i < ROUNDS; i++) {
      var kind = random.nextBoolean() ? PolicyKind.IDENTITY : PolicyKind.RESOURCE;
      var policy = policies.policy(kind);
      var again = PolicyReader.read(policy.toJson(), kind);
      assertEquals(policy.toJson(), again.toJson());
      var request = policies.request();
      for (int s = 0; s < policy.statements().size(); s++) {
        assertEquals(
            policy.statements().get(s).applies(request),
            again.statements().get(s).applies(request));
      }
    }
  }

  @Test
  void randomBytesAreNoPolicy() {
    var good = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      good.add(policies.policy(PolicyKind.RESOURCE).toJson());
    }
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      var text = damaged(good.get(random.nextInt(good.size())));
      for (var kind : List.of(PolicyKind.RESOURCE, PolicyKind.IDENTITY, PolicyKind.TRUST)) {
        try {
          var policy = PolicyReader.read(text, kind);
          assertFalse(policy.statements().isEmpty());
          BucketPolicyStatus.isPublic(policy);
          read++;
        } catch (MalformedPolicyException e) {
          assertFalse(e.text().isEmpty());
        }
      }
    }
    assertTrue(read > 0);
    var noise = new byte[200];
    random.nextBytes(noise);
    var text = new String(noise, StandardCharsets.ISO_8859_1);
    assertThrows(
        MalformedPolicyException.class, () -> PolicyReader.read(text, PolicyKind.IDENTITY));
  }

  private String damaged(String text) {
    var damaged = new StringBuilder(text);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(4)) {
        case 0 -> damaged.setCharAt(at, (char) (32 + random.nextInt(95)));
        case 1 -> damaged.deleteCharAt(at);
        case 2 -> damaged.insert(at, (char) random.nextInt(0x10000));
        default -> damaged.insert(at, text.substring(random.nextInt(text.length())));
      }
    }
    return damaged.toString();
  }
}
