package io.coffer.api;

import io.coffer.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/** A short run of each fuzz target of this package. */
class FuzzTest {
  @Test
  void documentsAreMalformedOrReadAsTheyAreWritten() {
    Fuzzing.check("xml", XmlFuzz::fuzzerTestOneInput);
  }

  @Test
  void formsAreReadAlikeHoweverTheyCome() {
    Fuzzing.check("post-form", PostFormFuzz::fuzzerTestOneInput);
  }

  @Test
  void formsOfIamAndStsAreRefusedOrBound() {
    Fuzzing.check("query-form", QueryFormFuzz::fuzzerTestOneInput);
  }

  @Test
  void addressesAreRefusedOrMeanOneThing() {
    Fuzzing.check("address", AddressFuzz::fuzzerTestOneInput);
  }

  @Test
  void headerValuesAreReadBackAsTheyAreShown() {
    Fuzzing.check("header-value", HeaderValueFuzz::fuzzerTestOneInput);
  }
}
