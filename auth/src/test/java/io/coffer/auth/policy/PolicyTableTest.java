package io.coffer.auth.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.policy.Decision.Allowed;
import io.coffer.auth.policy.Decision.ExplicitlyDenied;
import io.coffer.auth.policy.Decision.ImplicitlyDenied;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of the tables: what AWS documents, and what the evaluator decides. */
class PolicyTableTest {
  static List<PolicyCase> cases() {
    return PolicyCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isDecidedAsDocumented(PolicyCase each) {
    assertEquals(each.then(), decide(each), () -> each + " (" + each.page() + ")");
  }

  private static String decide(PolicyCase each) {
    PolicySet policies;
    try {
      policies = each.policies();
    } catch (MalformedPolicyException e) {
      return "malformed";
    }
    var decision = Evaluator.decide(each.request(), policies);
    return switch (decision) {
      case Allowed allowed when each.then().equals("allowed") -> "allowed";
      case Allowed allowed -> {
        var by = allowed.by();
        yield by == null ? "allowed as root" : "allowed by " + lower(by.layer());
      }
      case ExplicitlyDenied denied -> "explicit";
      case ImplicitlyDenied denied -> "no " + lower(denied.missing());
    };
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void theTablesAreLong() {
    assertTrue(cases().size() >= 300, "cases: " + cases().size());
  }

  @Test
  void everyCaseHasItsPageAndAnExpectation() {
    for (var each : cases()) {
      assertFalse(each.page().isEmpty(), each.toString());
      assertFalse(each.then().isEmpty(), each.toString());
    }
  }

  @Test
  void noNameIsUsedTwice() {
    var names = new HashSet<String>();
    for (var each : cases()) {
      assertTrue(names.add(each.toString()), each.toString());
    }
  }

  @Test
  void everyLineOfACaseIsUnderstood() {
    var known =
        List.of(
            "case",
            "by",
            "owner",
            "do",
            "identity",
            "boundary",
            "session",
            "bucket",
            "trust",
            "if",
            "with",
            "then");
    for (var each : cases()) {
      assertTrue(known.containsAll(each.lines().keySet()), each + ": " + each.lines().keySet());
    }
  }
}
