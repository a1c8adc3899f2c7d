package io.coffer.service;

import io.coffer.storage.BlobId;
import java.util.List;

/** Where the bytes of a version are. */
public sealed interface Content {
  /** No bytes at all. */
  record Empty() implements Content {}

  /** One blob, owned by this version. */
  record Single(BlobId blob) implements Content {}

  /**
   * The parts of a completed upload, whose rows and blobs now belong to this version.
   *
   * @param upload whose parts
   * @param runs which parts, in order
   */
  record Parts(BlobId upload, List<Run> runs) implements Content {
    public Parts {
      runs = List.copyOf(runs);
    }

    /** How many parts. */
    public int count() {
      return runs.stream().mapToInt(Run::count).sum();
    }

    /** Whether the part with a number is one of them. */
    public boolean has(int number) {
      return runs.stream()
          .anyMatch(run -> number >= run.first() && number < run.first() + run.count());
    }
  }

  /**
   * Consecutive part numbers whose parts have the same size; nearly every upload has one or two.
   *
   * @param first the first part number
   * @param count how many
   * @param size bytes of each
   */
  record Run(int first, int count, long size) {}
}
