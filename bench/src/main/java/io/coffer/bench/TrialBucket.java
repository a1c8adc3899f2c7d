package io.coffer.bench;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of the buckets that are written to.
 *
 * @param versioning during this round
 * @param keys how many each writer has in it: few, so that they are overwritten often
 */
record TrialBucket(String name, Versioning versioning, int keys) {
  /** The buckets of a round: one without versions, one with, and one that is switched about. */
  static List<TrialBucket> ofRound(Random random) {
    return List.of(
        new TrialBucket("plain", Versioning.NEVER, 10),
        new TrialBucket("versioned", Versioning.ENABLED, 5),
        new TrialBucket(
            "switched", random.nextBoolean() ? Versioning.ENABLED : Versioning.SUSPENDED, 3));
  }

  String path() {
    return "/" + name;
  }

  /** What the keys of a writer begin with. */
  static String prefix(int writer) {
    return "w%02d/".formatted(writer);
  }

  /** The paths of a writer's keys. */
  Stream<String> paths(int writer) {
    return IntStream.range(0, keys).mapToObj(i -> path() + "/" + prefix(writer) + "k" + i);
  }
}
