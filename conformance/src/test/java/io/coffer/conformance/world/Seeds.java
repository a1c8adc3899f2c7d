package io.coffer.conformance.world;

import java.util.List;
import java.util.stream.LongStream;

/** Which seeds a test runs: {@code -Dcoffer.seed=S} the one, {@code -Dcoffer.seeds=N} so many. */
final class Seeds {
  private Seeds() {}

  /**
   * The seeds of this run.
   *
   * @param usual how many when nobody says otherwise
   */
  static List<Long> of(int usual) {
    var one = Long.getLong("coffer.seed");
    if (one != null) {
      return List.of(one);
    }
    int count = Integer.getInteger("coffer.seeds", usual);
    // Always the same few in a usual run, so that it fails for a reason; others in a long one.
    long first = count == usual ? 1 : System.nanoTime() & 0xfff_ffff;
    return LongStream.range(first, first + count).boxed().toList();
  }

  /** Steps of a workload. */
  static int length(int usual) {
    return Integer.getInteger("coffer.length", usual);
  }
}
