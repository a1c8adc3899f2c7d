package io.coffer.auth.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PoliciesPageTest {
  private static Path document() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("mvnw"))) {
        return at.resolve("docs/policies.md");
      }
    }
    throw new AssertionError("not in the repository");
  }

  @Test
  void theDocumentIsWhatTheEvaluatorSays() throws IOException {
    var document = document();
    if (Boolean.getBoolean("coffer.update.docs")) {
      Files.writeString(document, PoliciesPage.markdown());
    }
    assertEquals(
        PoliciesPage.markdown(),
        Files.exists(document) ? Files.readString(document) : "",
        "docs/policies.md is stale: ./mvnw -pl auth -am test -Dcoffer.update.docs=true");
  }

  @Test
  void theMistakesAreMistakesAndAreToldApart() {
    var mistakes = PolicyCase.read("mistakes");
    var explanations = new HashSet<String>();
    for (var mistake : mistakes) {
      var explained = PoliciesPage.explained(mistake);
      assertFalse(explained.startsWith("Allowed"), mistake.name());
      assertTrue(explanations.add(explained), mistake.name());
    }
    assertEquals(24, mistakes.size());
  }

  @Test
  void everyOperatorIsInTheDocument() {
    var text = PolicyCase.text("policies.md");
    for (var comparison : Comparison.values()) {
      assertTrue(text.contains("`" + comparison.word() + "`"), comparison.word());
    }
  }

  @Test
  void everyKeyOfS3InTheDocumentIsKnown() {
    var keys = Pattern.compile("`(s3:[A-Za-z0-9-]+(/…)?)`").matcher(PolicyCase.text("policies.md"));
    int count = 0;
    for (var key : keys.results().map(match -> match.group(1).replace("…", "x")).toList()) {
      assertTrue(S3ConditionKeys.isKnown(key), key);
      count++;
    }
    assertTrue(count > 50, "keys: " + count);
  }
}
