package io.coffer.conformance.world;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Holds a store's answers to a workload against the reference's. */
final class Agreement {
  private Agreement() {}

  /**
   * Where they part.
   *
   * @param step that was answered otherwise
   */
  record Disagreement(Step step, String expected, String answered) {
    @Override
    public String toString() {
      return step + "\n  expected " + expected + "\n  answered " + answered;
    }
  }

  /** Runs a workload, and then looks at all that is left. */
  static Optional<Disagreement> of(List<Step> steps, S3 store) {
    var reference = new Reference();
    for (var step : steps) {
      var difference = compare(step, reference, store);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Observation.of(reference.model()).stream()
        .map(step -> compare(step, reference, store))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Disagreement> compare(Step step, Reference reference, S3 store) {
    var expected = reference.run(step);
    var answered = store.run(step);
    return answered.equals(expected)
        ? Optional.empty()
        : Optional.of(new Disagreement(step, expected, answered));
  }

  /** What is to be done to see a failure again: the seed and the shortest script. */
  static String report(
      Workload workload, BiFunction<Workload, List<Step>, Optional<Disagreement>> run) {
    var shortest =
        new Shrinker(2_000)
            .shrink(workload.steps(), steps -> run.apply(workload, steps).isPresent());
    var end = run.apply(workload, shortest);
    return Stream.of(
            "seed " + workload.seed() + " (replay with -Dcoffer.seed=" + workload.seed() + "):",
            Script.of(shortest),
            end.map(Disagreement::toString).orElse("(it does not always fail)"))
        .reduce("", (a, b) -> a + "\n" + b);
  }
}
