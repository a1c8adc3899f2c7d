package io.coffer.auth.policy;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A text some of whose characters '*' and '?' are wildcards.
 *
 * @param wild the indexes of the wildcards; null for none
 */
record WildText(String text, @Nullable BitSet wild) {
  boolean isWild(int index) {
    return wild != null && wild.get(index);
  }

  boolean isWild() {
    return wild != null && !wild.isEmpty();
  }

  /** Whether it is the wildcard '*' alone. */
  boolean isStar() {
    return text.equals("*") && isWild(0);
  }

  /** The text with every '*' and '?' a wildcard. */
  static WildText of(String text) {
    var builder = new Builder();
    builder.wild(text);
    return builder.build();
  }

  /** Puts texts together. */
  static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private @Nullable BitSet wild;

    /** Appends characters that stand for themselves. */
    void literal(String characters) {
      text.append(characters);
    }

    /** Appends characters of which '*' and '?' are wildcards. */
    void wild(String characters) {
      for (int i = 0; i < characters.length(); i++) {
        char c = characters.charAt(i);
        if (c == '*' || c == '?') {
          if (wild == null) {
            wild = new BitSet();
          }
          wild.set(text.length());
        }
        text.append(c);
      }
    }

    void append(WildText other) {
      int offset = text.length();
      text.append(other.text);
      if (other.wild != null) {
        if (wild == null) {
          wild = new BitSet();
        }
        for (int i = other.wild.nextSetBit(0); i >= 0; i = other.wild.nextSetBit(i + 1)) {
          wild.set(offset + i);
        }
      }
    }

    boolean isEmpty() {
      return text.isEmpty();
    }

    WildText build() {
      return new WildText(text.toString(), wild);
    }
  }
}
