package io.coffer.checksums;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestsTest {
  @Test
  void onePassGivesWhatEachAlgorithmGivesAlone() {
    byte[] bytes = new byte[100_000];
    new Random(7).nextBytes(bytes);
    var all = EnumSet.allOf(Algorithm.class);
    var digests = new Digests(all);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    digests.update(buffer.slice(0, 30_001));
    digests.update(buffer.position(30_001));
    assertFalse(buffer.hasRemaining());
    assertEquals(bytes.length, buffer.limit());
    var checksums = digests.finish();
    assertEquals(all, checksums.keySet());
    checksums.forEach(
        (algorithm, checksum) -> {
          var alone = algorithm.newDigest();
          alone.update(ByteBuffer.wrap(bytes));
          assertArrayEquals(alone.finish(), checksum.value(), algorithm.name());
        });
  }

  @Test
  void anAlgorithmThatIsNamedTwiceIsComputedOnce() {
    var digests = new Digests(List.of(Algorithm.MD5, Algorithm.MD5));
    assertEquals(Set.of(Algorithm.MD5), digests.finish().keySet());
  }

  @Test
  void noAlgorithmsStillTakeTheBytes() {
    var digests = new Digests(List.of());
    ByteBuffer buffer = ByteBuffer.allocate(50_000);
    digests.update(buffer);
    assertFalse(buffer.hasRemaining());
    assertTrue(digests.finish().isEmpty());
  }
}
