package io.coffer.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Median, least and greatest of some measurements. */
record Spread(double median, double min, double max) {
  static Spread of(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return of(rounds.stream().mapToDouble(figure).toArray());
  }

  /**
   * @param figures at least one
   */
  static Spread of(double... figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
