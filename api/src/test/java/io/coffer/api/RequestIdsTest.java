package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
  @Test
  void idsAreSixteenHexDigitsAndNoTwoAlike() {
    var ids = new RequestIds(new SplittableRandom(1));
    var seen = new HashSet<String>();
    for (int i = 0; i < 10_000; i++) {
      var id = ids.next().id();
      assertTrue(id.matches("[0-9A-F]{16}"), id);
      seen.add(id);
    }
    assertEquals(10_000, seen.size());
  }
}
