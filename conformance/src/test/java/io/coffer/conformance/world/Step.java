package io.coffer.conformance.world;

/**
 * An operation in a workload.
 *
 * @param number its name; other steps may refer to it
 */
record Step(int number, Op op) {
  @Override
  public String toString() {
    return "%4d  %s".formatted(number, Script.line(op));
  }
}
