package io.coffer.conformance.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a list that fails shorter, as long as it still fails: "Simplifying and isolating
 * failure-inducing input" (Zeller and Hildebrandt, 2002), with complements only.
 */
final class Shrinker {
  private final int triesAtMost;
  private int tries;

  Shrinker(int triesAtMost) {
    this.triesAtMost = triesAtMost;
  }

  /**
   * A part of the list that fails, of which no single step can be left out (unless the tries came
   * to their end).
   */
  <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
    var shortest = List.copyOf(failing);
    int piece = Math.max(1, shortest.size() / 2);
    while (tries < triesAtMost) {
      var shorter = withoutOnePiece(shortest, piece, fails);
      if (shorter.size() < shortest.size()) {
        shortest = shorter;
        piece = Math.clamp(shortest.size() / 2, 1, piece);
      } else if (piece == 1) {
        return shortest;
      } else {
        piece = piece / 2;
      }
    }
    return shortest;
  }

  /** Leaves out what it can, piece by piece, from the end: what comes later depends on more. */
  private <T> List<T> withoutOnePiece(List<T> list, int piece, Predicate<List<T>> fails) {
    var shortest = list;
    for (int end = list.size(); end > 0 && tries < triesAtMost; end -= piece) {
      var shorter = new ArrayList<>(shortest.subList(0, Math.max(0, end - piece)));
      shorter.addAll(shortest.subList(end, shortest.size()));
      tries++;
      if (fails.test(shorter)) {
        shortest = List.copyOf(shorter);
      }
    }
    return shortest;
  }
}
