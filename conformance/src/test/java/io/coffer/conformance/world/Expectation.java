package io.coffer.conformance.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the reference says of a store at a moment between two steps.
 *
 * @param steps that look at everything
 * @param answers to them
 * @param pieces bytes of every blob that has to be there, in order of size
 */
record Expectation(List<Step> steps, List<String> answers, List<Integer> pieces) {
  static Expectation of(Reference reference) {
    var steps = Observation.of(reference.model());
    return new Expectation(
        steps, steps.stream().map(reference::run).toList(), reference.model().pieces());
  }

  /** The first difference. */
  Optional<String> differs(S3 store) {
    for (int i = 0; i < steps.size(); i++) {
      var answer = store.run(steps.get(i));
      if (!answer.equals(answers.get(i))) {
        return Optional.of(
            Script.line(steps.get(i).op())
                + "\n  expected "
                + answers.get(i)
                + "\n  answered "
                + answer);
      }
    }
    return Optional.empty();
  }

  /** Bytes of blobs that are too large to live among the rows. */
  List<Integer> filesAbove(int inlineBytes) {
    var files = new ArrayList<>(pieces);
    files.removeIf(size -> size <= inlineBytes);
    return files;
  }
}
