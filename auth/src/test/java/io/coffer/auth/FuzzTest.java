package io.coffer.auth;

import io.coffer.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/** A short run of each fuzz target of this package. */
class FuzzTest {
  @Test
  void signaturesAreVerifiedOrRefused() {
    Fuzzing.check("signature", SignatureFuzz::fuzzerTestOneInput);
  }

  @Test
  void chunkedBodiesAreReadAlikeHoweverTheyCome() {
    Fuzzing.check("chunked-body", ChunkedBodyFuzz::fuzzerTestOneInput);
  }

  @Test
  void postPoliciesAreReadOrRefused() {
    Fuzzing.check("post-policy", PostPolicyFuzz::fuzzerTestOneInput);
  }

  @Test
  void percentEncodingIsThatOfTheJdk() {
    Fuzzing.check("uri-encoding", UriEncodingFuzz::fuzzerTestOneInput);
  }
}
