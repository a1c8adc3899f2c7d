package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.storage.BlobId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IdMatchTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private int told;

  private IdMatch.Ids ids(List<BlobId> list) {
    return to -> {
      told++;
      list.forEach(to);
    };
  }

  private List<BlobId> some(int count) {
    var ids = new ArrayList<BlobId>();
    for (int i = 0; i < count; i++) {
      // As real ones are: their times follow one another.
      ids.add(new BlobId(1_700_000_000_000_000L + i, random.nextLong()));
    }
    return ids;
  }

  private Map<BlobId, List<Integer>> compare(List<BlobId> left, List<BlobId> right, int idsAtOnce) {
    var found = new TreeMap<BlobId, List<Integer>>();
    new IdMatch(ids(left), ids(right), idsAtOnce)
        .compare((id, l, r) -> assertEquals(null, found.put(id, List.of(l, r)), "told twice"));
    return found;
  }

  @Test
  void theSameIdsInAnotherOrderAreToldOnceOnly() {
    var left = some(50_000);
    var right = new ArrayList<>(left);
    Collections.shuffle(right, random);

    assertEquals(Map.of(), compare(left, right, 1_000));
    assertEquals(2, told);
  }

  @Test
  void everyDifferenceIsFoundWhateverFitsIntoMemory() {
    for (int idsAtOnce : new int[] {1, 100, 1_000_000}) {
      var both = some(30_000);
      var left = new ArrayList<>(both);
      var right = new ArrayList<>(both);
      var expected = new TreeMap<BlobId, List<Integer>>();
      for (var id : both.subList(0, 20)) {
        left.remove(id);
        expected.put(id, List.of(0, 1));
      }
      for (var id : both.subList(100, 110)) {
        right.remove(id);
        expected.put(id, List.of(1, 0));
      }
      for (var id : both.subList(200, 205)) {
        left.add(id);
        expected.put(id, List.of(2, 1));
      }
      Collections.shuffle(left, random);

      assertEquals(expected, compare(left, right, idsAtOnce), "seed " + seed);
    }
  }

  @Test
  void anIdForAnotherIsNotTakenForNothing() {
    for (int i = 0; i < 1_000; i++) {
      var left = some(1).getFirst();
      var right = new BlobId(left.time(), left.random() ^ 1L << random.nextInt(64));
      assertEquals(
          Map.of(left, List.of(1, 0), right, List.of(0, 1)),
          compare(List.of(left), List.of(right), 10),
          "seed " + seed);
    }
  }

  @Test
  void noIdsAreEqual() {
    assertEquals(Map.of(), compare(List.of(), List.of(), 10));
  }
}
