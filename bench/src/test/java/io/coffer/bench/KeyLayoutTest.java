package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLayoutTest {
  private final KeyLayout layout = new KeyLayout(2001, 100);

  @Test
  void keysComeInTheOrderOfTheirIndices() {
    var keys = new TreeSet<String>();
    for (long index = 0; index < layout.objects(); index++) {
      String key = layout.key(index);
      assertTrue(keys.isEmpty() || keys.last().compareTo(key) < 0, key);
      keys.add(key);
    }
    assertEquals("d000000/o00000000", keys.first());
    assertEquals("d000020/o00002000", keys.last());
  }

  @Test
  void theLastFolderMayBeIncomplete() {
    assertEquals(21, layout.folders());
    assertEquals(20, new KeyLayout(2000, 100).folders());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 10, 999, 2001, 7_368_787 * 2L, 65_536})
  void scatteredIndicesCoverEachObjectOnce(long objects) {
    var scattered = new KeyLayout(objects, 10);
    long some = Math.min(objects, 70_000);
    long different =
        LongStream.range(0, some)
            .map(scattered::scattered)
            .filter(index -> index >= 0 && index < objects)
            .distinct()
            .count();
    assertEquals(some, different);
  }

  @ParameterizedTest
  @CsvSource({"1000000, 100", "10000, 10", "50000, 100", "10000000, 100", "20000, 1", "30, 100"})
  void thePrefixInsideCoversAPage(long objects, int perFolder) {
    var some = new KeyLayout(objects, perFolder);
    String prefix = some.inside();
    long covered = LongStream.range(0, objects).filter(i -> some.key(i).startsWith(prefix)).count();
    assertTrue(covered >= Math.min(KeyLayout.PAGE_KEYS, objects), prefix + ": " + covered);
  }

  @Test
  void keysHaveRoomForEightDigitsOnly() {
    assertThrows(IllegalArgumentException.class, () -> new KeyLayout(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new KeyLayout(100_000_000, 1));
    assertThrows(IllegalArgumentException.class, () -> new KeyLayout(1, 0));
  }
}
