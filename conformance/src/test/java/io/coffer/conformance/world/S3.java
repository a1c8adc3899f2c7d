package io.coffer.conformance.world;

/** Something that does what a workload asks: a service over a storage, or the reference. */
interface S3 {
  /**
   * Does one step.
   *
   * @return all that the answer says, as text; ids are named by the steps that they came from, so
   *     that equal answers of two stores are equal texts
   */
  String run(Step step);
}
