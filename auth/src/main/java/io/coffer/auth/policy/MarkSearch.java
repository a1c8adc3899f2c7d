package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds a long part with question marks: all its places are tried at once, 64 to a word, so that
 * time is text times part by 64, and memory is linear in the part. Source: Baeza-Yates and Gonnet,
 * "A new approach to text searching".
 */
final class MarkSearch {
  private final int length;

  /** A bit for each place of the part that takes any character. */
  private final long[] any;

  /** For characters that are at many places: a bit for each of these. */
  private final Map<Integer, long[]> frequent = new HashMap<>();

  /** For characters that are at few places: these. */
  private final Map<Integer, int[]> rare = new HashMap<>();

  /**
   * A part.
   *
   * @param marks the indexes of its question marks
   */
  MarkSearch(String characters, BitSet marks) {
    var places = new HashMap<Integer, List<Integer>>();
    var wild = new BitSet();
    int place = 0;
    for (int i = 0; i < characters.length(); place++) {
      int c = characters.codePointAt(i);
      if (marks.get(i)) {
        wild.set(place);
      } else {
        places.computeIfAbsent(c, key -> new ArrayList<>()).add(place);
      }
      i += Character.charCount(c);
    }
    this.length = place;
    int words = (length + 63) / 64;
    this.any = words(wild, words);
    places.forEach(
        (c, list) -> {
          if (list.size() < words) {
            rare.put(c, list.stream().mapToInt(Integer::intValue).toArray());
          } else {
            var bits = new BitSet();
            list.forEach(bits::set);
            frequent.put(c, words(bits, words));
          }
        });
  }

  private static long[] words(BitSet bits, int count) {
    return Arrays.copyOf(bits.toLongArray(), count);
  }

  /** Where its first match at or behind an index ends; -1 if it has none before a limit. */
  int find(String text, int from, int limit) {
    var state = new long[any.length];
    var next = new long[any.length];
    int last = length - 1;
    for (int i = from; i < limit; ) {
      int c = i + 1 < limit ? text.codePointAt(i) : text.charAt(i);
      step(state, next, c);
      var before = state;
      state = next;
      next = before;
      i += Character.charCount(c);
      if ((state[last >> 6] >>> last & 1) != 0) {
        return i;
      }
    }
    return -1;
  }

  /** Moves every beginning of a match on by a character. */
  private void step(long[] state, long[] next, int c) {
    long[] bits = frequent.get(c);
    long carry = 1;
    for (int w = 0; w < state.length; w++) {
      long shifted = state[w] << 1 | carry;
      carry = state[w] >>> 63;
      next[w] = shifted & (bits == null ? any[w] : any[w] | bits[w]);
    }
    int[] places = bits == null ? rare.get(c) : null;
    if (places != null) {
      for (int place : places) {
        boolean reached = place == 0 || (state[(place - 1) >> 6] >>> (place - 1) & 1) != 0;
        if (reached) {
          next[place >> 6] |= 1L << place;
        }
      }
    }
  }
}
