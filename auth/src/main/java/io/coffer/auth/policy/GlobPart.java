package io.coffer.auth.policy;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What is between two stars of a pattern: characters and question marks. */
final class GlobPart {
  /** Up to here the JDK's search, whose worst case is text times part, is the faster one. */
  private static final int SHORT = 16;

  private final String characters;

  /** The indexes of question marks; null for none. */
  private final @Nullable BitSet any;

  /** For each prefix the length of its longest border, as Knuth, Morris and Pratt search. */
  private final int @Nullable [] borders;

  /** For a long part with question marks. */
  private final @Nullable MarkSearch marks;

  private GlobPart(String characters, @Nullable BitSet any) {
    this.characters = characters;
    this.any = any;
    this.borders = any == null && characters.length() > SHORT ? borders(characters) : null;
    this.marks =
        any != null && characters.length() > SHORT ? new MarkSearch(characters, any) : null;
  }

  static GlobPart of(WildText pattern, int from, int to) {
    BitSet any = pattern.wild() == null ? null : pattern.wild().get(from, to);
    return new GlobPart(
        pattern.text().substring(from, to), any == null || any.isEmpty() ? null : any);
  }

  /** The fewest chars that it matches. */
  int length() {
    return characters.length();
  }

  /** Where its match that starts at an index ends; -1 if it does not match there. */
  int matchFrom(String text, int at, int limit) {
    if (any == null) {
      int end = at + characters.length();
      return end <= limit && text.startsWith(characters, at) ? end : -1;
    }
    int i = at;
    for (int p = 0; p < characters.length(); p++) {
      if (i >= limit) {
        return -1;
      }
      if (any.get(p)) {
        boolean pair = i + 1 < limit && Character.isSurrogatePair(text.charAt(i), at(text, i + 1));
        i += pair ? 2 : 1;
      } else if (text.charAt(i++) != characters.charAt(p)) {
        return -1;
      }
    }
    return i;
  }

  /** Where its match that ends at the limit starts, not before an index; -1 if there is none. */
  int matchBackFrom(String text, int from, int limit) {
    if (any == null) {
      int start = limit - characters.length();
      return start >= from && text.startsWith(characters, start) ? start : -1;
    }
    int i = limit;
    for (int p = characters.length() - 1; p >= 0; p--) {
      if (i <= from) {
        return -1;
      }
      if (any.get(p)) {
        boolean pair = i - 2 >= from && Character.isSurrogatePair(at(text, i - 2), at(text, i - 1));
        i -= pair ? 2 : 1;
      } else if (text.charAt(--i) != characters.charAt(p)) {
        return -1;
      }
    }
    return i;
  }

  /** Where its first match at or behind an index ends; -1 if there is none. */
  int find(String text, int from, int limit) {
    if (borders != null) {
      return findLong(text, from, limit, borders);
    }
    if (marks != null) {
      return marks.find(text, from, limit);
    }
    if (any == null) {
      int found = text.indexOf(characters, from, limit);
      return found < 0 ? -1 : found + characters.length();
    }
    for (int i = from; i + characters.length() <= limit; i++) {
      boolean insidePair = i > from && Character.isSurrogatePair(at(text, i - 1), at(text, i));
      int end = insidePair ? -1 : matchFrom(text, i, limit);
      if (end >= 0) {
        return end;
      }
    }
    return -1;
  }

  private int findLong(String text, int from, int limit, int[] border) {
    int matched = 0;
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      while (matched > 0 && characters.charAt(matched) != c) {
        matched = border[matched - 1];
      }
      if (characters.charAt(matched) == c) {
        matched++;
      }
      if (matched == characters.length()) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int[] borders(String text) {
    var borders = new int[text.length()];
    int length = 0;
    for (int i = 1; i < text.length(); i++) {
      while (length > 0 && text.charAt(i) != text.charAt(length)) {
        length = borders[length - 1];
      }
      if (text.charAt(i) == text.charAt(length)) {
        length++;
      }
      borders[i] = length;
    }
    return borders;
  }

  private static char at(String text, int index) {
    return text.charAt(index);
  }
}
