package io.coffer.conformance.world;

import java.util.List;

/**
 * Steps to be done one after another.
 *
 * @param seed that they were made from; ids that a store chooses come from it too
 */
record Workload(long seed, List<Step> steps) {
  /** A random one: the same for the same seed and length. */
  static Workload of(long seed, int length) {
    return new Workload(seed, new WorkloadMaker(seed).make(length));
  }

  Workload with(List<Step> others) {
    return new Workload(seed, List.copyOf(others));
  }
}
