package io.coffer.conformance.world;

import java.util.List;
import java.util.stream.Collectors;

/** Workloads as people read them. */
final class Script {
  private Script() {}

  static String of(List<Step> steps) {
    return steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
  }

  /** As the record writes itself, but without what says nothing. */
  static String line(Op op) {
    return op.toString()
        .replace("Version[step=-1]", "current")
        .replace("Version[step=-2]", "null-version")
        .replaceAll("Version\\[step=(\\d+)]", "v$1")
        .replaceAll("Bytes\\[seed=(\\d+), length=(\\d+)]", "$2 bytes#$1")
        .replace("condition=None[], ", "")
        .replace(", condition=None[]", "")
        .replace("Absent[]", "if-none-match:*")
        .replaceAll("Match\\[step=(\\d+)]", "if-match:e$1")
        .replaceAll("upload=(\\d+)", "upload=u$1");
  }

  /** A key with its control characters shown. */
  static String quoted(String text) {
    var quoted = new StringBuilder("'");
    for (char c : text.toCharArray()) {
      if (c < ' ') {
        quoted.append("\\x%02x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append("'").toString();
  }
}
