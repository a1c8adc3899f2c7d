package io.coffer.auth.policy;

import java.util.List;

/** Writes docs/policies.md: the text beside this class, and the mistakes as they are explained. */
final class PoliciesPage {
  private static final List<String> POLICIES =
      List.of("identity", "boundary", "session", "bucket", "trust");

  private PoliciesPage() {}

  static String markdown() {
    var page = new StringBuilder(PolicyCase.text("policies.md"));
    int number = 1;
    for (var mistake : PolicyCase.read("mistakes")) {
      page.append("### ").append(number++).append(". ").append(mistake.name()).append("\n```\n");
      for (var kind : POLICIES) {
        for (var policy : mistake.lines().getOrDefault(kind, List.of())) {
          page.append(kind).append(": ").append(policy).append('\n');
        }
      }
      page.append("asked: ").append(asked(mistake)).append('\n');
      page.append("\n").append(explained(mistake)).append("\n```\n");
      page.append(String.join(" ", mistake.lines().getOrDefault("instead", List.of())));
      page.append("\n\n");
    }
    return page.toString().stripTrailing() + "\n";
  }

  private static String asked(PolicyCase mistake) {
    var request = mistake.request();
    var with = mistake.lines().getOrDefault("with", List.of());
    return request.action()
        + " on "
        + request.resource()
        + " by "
        + request.principal().arn()
        + (with.isEmpty() ? "" : " with " + String.join(", ", with));
  }

  /** What is said of a mistake: when its policy is stored, or else when the request comes. */
  static String explained(PolicyCase mistake) {
    try {
      return Evaluator.explain(mistake.request(), mistake.policies()).text();
    } catch (MalformedPolicyException e) {
      return "Refused when it is stored: " + e.code() + ": " + e.text();
    }
  }
}
