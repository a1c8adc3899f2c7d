package io.coffer.auth.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GlobTest {
  /** What a pattern means, as plainly as it can be said. */
  private static boolean naive(int[] pattern, int p, int[] text, int t) {
    if (p == pattern.length) {
      return t == text.length;
    }
    if (pattern[p] == '*') {
      return naive(pattern, p + 1, text, t) || (t < text.length && naive(pattern, p, text, t + 1));
    }
    return t < text.length
        && (pattern[p] == '?' || pattern[p] == text[t])
        && naive(pattern, p + 1, text, t + 1);
  }

  @Test
  void randomPatternsMatchWhatTheyMean() {
    long seed = System.nanoTime();
    System.out.println("GlobTest: seed " + seed);
    var random = new Random(seed);
    int matched = 0;
    for (int i = 0; i < 200_000; i++) {
      var pattern = text(random, new String[] {"a", "b", "a", "b", "*", "?", "😀"}, 8);
      var text = text(random, new String[] {"a", "b", "a", "b", "😀"}, 10);
      boolean expected = naive(pattern.codePoints().toArray(), 0, text.codePoints().toArray(), 0);
      assertEquals(expected, Glob.of(pattern).matches(text), pattern + " on " + text);
      matched += expected ? 1 : 0;
    }
    assertTrue(matched > 10_000, "matches: " + matched);
  }

  @Test
  void longPartsBetweenStarsAreFoundAsShortOnesAre() {
    long seed = System.nanoTime();
    System.out.println("GlobTest: seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      var part = text(random, new String[] {"a", "a", "a", "b"}, 40);
      var text = text(random, new String[] {"a", "a", "a", "b"}, 60) + part + "x";
      assertTrue(Glob.of("*" + part + "*").matches(text), part + " in " + text);
      assertEquals(
          text.contains(part + "b"),
          Glob.of("*" + part + "b*").matches(text),
          part + " b in " + text);
    }
  }

  @Test
  void longPartsWithQuestionMarksAreFoundToo() {
    long seed = System.nanoTime();
    System.out.println("GlobTest: seed " + seed);
    var random = new Random(seed);
    int matched = 0;
    for (int i = 0; i < 20_000; i++) {
      var part = text(random, new String[] {"a", "a", "?", "?", "?", "?", "😀"}, 150) + "a?";
      var text = text(random, new String[] {"a", "a", "a", "😀"}, 250);
      boolean expected = Pattern.compile(part.replace('?', '.')).matcher(text).find();
      assertEquals(expected, Glob.of("*" + part + "*").matches(text), part + " in " + text);
      matched += expected ? 1 : 0;
    }
    assertTrue(matched > 500, "matches: " + matched);
  }

  private static String text(Random random, String[] bits, int max) {
    var text = new StringBuilder();
    for (int n = random.nextInt(max + 1); n > 0; n--) {
      text.append(bits[random.nextInt(bits.length)]);
    }
    return text.toString();
  }

  @Test
  void aPieceOfATextIsMatchedByItself() {
    var glob = Glob.of("b*?d");
    assertTrue(glob.matches("abcda", 1, 4));
    assertFalse(glob.matches("abcda", 1, 5));
    assertFalse(glob.matches("abcda", 0, 4));
  }

  @Test
  void hostilePatternsTakeNoTime() {
    var text = "a".repeat(8_000);
    var stars = Glob.of("*a".repeat(4_000) + "*b");
    var parts = Glob.of("*" + "a".repeat(4_000) + "b*");
    var marks = Glob.of("*" + "a".repeat(2_000) + "?b*");
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 10; i++) {
            assertFalse(stars.matches(text));
            assertFalse(parts.matches(text));
            assertFalse(marks.matches(text));
          }
        });
  }
}
