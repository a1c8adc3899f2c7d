package io.coffer.api.transport;

import io.coffer.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/** A short run of each fuzz target of this package. */
class FuzzTest {
  @Test
  void requestsAreTheSameHoweverTheyCome() {
    Fuzzing.check("head", HeadFuzz::fuzzerTestOneInput);
  }

  @Test
  void proxyHeadersAreReadOrRefused() {
    Fuzzing.check("proxy-header", ProxyHeaderFuzz::fuzzerTestOneInput);
  }

  @Test
  void keysAndCertificatesAreReadOrRefused() {
    Fuzzing.check("pem", PemFuzz::fuzzerTestOneInput);
  }
}
