package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text of a policy in which variables may stand. Source: IAM User Guide, "IAM policy elements:
 * Variables and tags".
 *
 * @param text as the policy has it
 */
record Template(String text, List<Piece> pieces) {
  /** A piece of the text. */
  sealed interface Piece {}

  /** Characters and wildcards. */
  record Plain(WildText text) implements Piece {}

  /**
   * A key of the request's context whose value comes here, character by character: a '*' in it is
   * no wildcard.
   *
   * @param key in lower case
   */
  record Variable(String key, @Nullable String fallback) implements Piece {}

  /**
   * Reads a text.
   *
   * @param variables whether the policy's version knows them
   * @throws IllegalArgumentException a variable is not well formed
   */
  static Template parse(String text, boolean variables) {
    var pieces = new ArrayList<Piece>();
    var plain = new WildText.Builder();
    int at = 0;
    while (true) {
      int start = variables ? text.indexOf("${", at) : -1;
      if (start < 0) {
        break;
      }
      plain.wild(text.substring(at, start));
      int end = text.indexOf('}', start);
      if (end < 0) {
        throw new IllegalArgumentException("a variable has no end: " + text.substring(start));
      }
      var inner = text.substring(start + 2, end);
      if (inner.equals("*") || inner.equals("?") || inner.equals("$")) {
        plain.literal(inner);
      } else {
        if (!plain.isEmpty()) {
          pieces.add(new Plain(plain.build()));
          plain = new WildText.Builder();
        }
        pieces.add(variable(inner));
      }
      at = end + 1;
    }
    plain.wild(text.substring(at));
    if (!plain.isEmpty() || pieces.isEmpty()) {
      pieces.add(new Plain(plain.build()));
    }
    return new Template(text, List.copyOf(pieces));
  }

  private static Variable variable(String inner) {
    int comma = inner.indexOf(',');
    var key = (comma < 0 ? inner : inner.substring(0, comma)).strip();
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a variable has no name: ${" + inner + "}");
    }
    if (comma < 0) {
      return new Variable(key.toLowerCase(Locale.ROOT), null);
    }
    var fallback = inner.substring(comma + 1).strip();
    if (fallback.length() < 2 || !fallback.startsWith("'") || !fallback.endsWith("'")) {
      throw new IllegalArgumentException(
          "the default of a variable must be in single quotes: ${" + inner + "}");
    }
    return new Variable(key.toLowerCase(Locale.ROOT), fallback.substring(1, fallback.length() - 1));
  }

  /** The text if it has no variables; else null. */
  @Nullable WildText fixed() {
    return pieces.size() == 1 && pieces.get(0) instanceof Plain plain ? plain.text() : null;
  }

  /** What comes before its first wildcard or variable. */
  String prefix() {
    if (!(pieces.get(0) instanceof Plain plain)) {
      return "";
    }
    var wild = plain.text().wild();
    int end = wild == null ? -1 : wild.nextSetBit(0);
    return end < 0 ? plain.text().text() : plain.text().text().substring(0, end);
  }

  /** The text with the request's values; null if a variable has no value and no default. */
  @Nullable WildText resolve(RequestContext request) {
    var fixed = fixed();
    if (fixed != null) {
      return fixed;
    }
    var builder = new WildText.Builder();
    for (var piece : pieces) {
      switch (piece) {
        case Plain plain -> builder.append(plain.text());
        case Variable variable -> {
          var values = request.values(variable.key());
          // A key of several values cannot be a variable.
          var value = values.size() == 1 ? values.get(0) : variable.fallback();
          if (value == null) {
            return null;
          }
          builder.literal(value);
        }
      }
    }
    return builder.build();
  }
}
