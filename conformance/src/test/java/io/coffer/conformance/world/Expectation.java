package io.coffer.conformance.world;

import io.coffer.conformance.world.Reference.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * All that the reference says of a store at a moment between two steps.
 *
 * @param steps that look at everything
 * @param answers to them
 * @param largest bytes of the largest blob that each of them reads, 0 for none
 * @param pieces bytes of every blob that has to be there, in order of size
 */
record Expectation(
    List<Step> steps, List<String> answers, List<Integer> largest, List<Integer> pieces) {
  static Expectation of(Reference reference) {
    var steps = Observation.of(reference.model());
    return new Expectation(
        steps,
        steps.stream().map(reference::run).toList(),
        steps.stream().map(step -> largest(reference, step.op())).toList(),
        reference.model().pieces());
  }

  private static int largest(Reference reference, Op op) {
    if (!(op instanceof Op.Get get)) {
      return 0;
    }
    try {
      return Collections.max(reference.find(get.at(), get.version()).parts());
    } catch (Refusal e) {
      return 0;
    }
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
