package io.coffer.auth.policy;

import io.coffer.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/** A short run of the fuzz target of policies. */
class PolicyFuzzTest {
  @Test
  void policiesAreRefusedOrMeanWhatTheySayWhenTheyAreWritten() {
    Fuzzing.check("policy", PolicyFuzz::fuzzerTestOneInput);
  }
}
