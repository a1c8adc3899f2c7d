package io.coffer.service;

import io.coffer.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/** A short run of each fuzz target of this package. */
class FuzzTest {
  @Test
  void rangesAreWithinTheObjectOrRefused() {
    Fuzzing.check("range", RangeFuzz::fuzzerTestOneInput);
  }

  @Test
  void namesAreKeptExactlyOrRefused() {
    Fuzzing.check("name", NameFuzz::fuzzerTestOneInput);
  }
}
