package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A compiled pattern: '*' is any number of characters, '?' exactly one (a code point). The part
 * before the first star and the part behind the last are anchored; those between are found one
 * behind the other, each as far left as it goes, so that nothing is ever tried twice. Time is
 * linear in the text, but for long parts with '?' between stars: see {@link MarkSearch}.
 */
final class Glob {
  private final List<GlobPart> parts;
  private final int minLength;

  private Glob(List<GlobPart> parts) {
    this.parts = parts;
    int length = 0;
    for (var part : parts) {
      length += part.length();
    }
    this.minLength = length;
  }

  static Glob of(WildText pattern) {
    return of(pattern, 0, pattern.text().length());
  }

  /** The pattern that is a piece of another. */
  static Glob of(WildText pattern, int from, int to) {
    var parts = new ArrayList<GlobPart>();
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || (pattern.text().charAt(i) == '*' && pattern.isWild(i))) {
        // Between two stars an empty part says nothing; at the ends it is the missing anchor.
        if (i > start || i == to || parts.isEmpty()) {
          parts.add(GlobPart.of(pattern, start, i));
        }
        start = i + 1;
      }
    }
    return new Glob(parts);
  }

  /** A pattern whose every '*' and '?' is a wildcard. */
  static Glob of(String pattern) {
    return of(WildText.of(pattern));
  }

  boolean matches(String text) {
    return matches(text, 0, text.length());
  }

  boolean matches(String text, int from, int to) {
    if (to - from < minLength) {
      return false;
    }
    int position = parts.get(0).matchFrom(text, from, to);
    int last = parts.size() - 1;
    if (position < 0 || last == 0) {
      return position == to;
    }
    int limit = parts.get(last).matchBackFrom(text, position, to);
    if (limit < 0) {
      return false;
    }
    for (int i = 1; i < last; i++) {
      position = parts.get(i).find(text, position, limit);
      if (position < 0) {
        return false;
      }
    }
    return true;
  }
}
