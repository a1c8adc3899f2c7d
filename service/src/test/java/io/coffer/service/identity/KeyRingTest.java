package io.coffer.service.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final byte[] SECRET = utf8("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  private static final byte[] OWNER = utf8("AKIAIOSFODNN7EXAMPLE");

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsSealedIsOpenedForItsOwnerOnly() {
    var ring = KeyRing.random();
    var sealed = ring.seal(SECRET, OWNER);
    assertArrayEquals(SECRET, ring.open(sealed, OWNER).orElseThrow());
    assertTrue(ring.open(sealed, utf8("AKIAOTHER")).isEmpty());
    assertTrue(KeyRing.random().open(sealed, OWNER).isEmpty());
    assertFalse(hex(sealed).contains(hex(SECRET)));
  }

  @Test
  void theSameIsNeverSealedToTheSame() {
    var ring = KeyRing.random();
    assertNotEquals(hex(ring.seal(SECRET, OWNER)), hex(ring.seal(SECRET, OWNER)));
  }

  @Test
  void anyChangedByteIsNoticed() {
    var ring = KeyRing.random();
    var sealed = ring.seal(SECRET, OWNER);
    for (int i = 0; i < sealed.length; i++) {
      var changed = sealed.clone();
      changed[i] ^= 1;
      assertTrue(ring.open(changed, OWNER).isEmpty(), "byte " + i);
      assertTrue(ring.open(Arrays.copyOf(sealed, i), OWNER).isEmpty(), "cut at " + i);
    }
  }

  @Test
  void anyBytesCanBeGiven() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var ring = KeyRing.random();
    for (int i = 0; i < 1_000; i++) {
      var bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      assertTrue(ring.open(bytes, OWNER).isEmpty(), "seed " + seed);
    }
  }

  @Test
  void anOlderKeyOpensAndTheNewestSeals() {
    var old = SealKey.random();
    var ring = new KeyRing(List.of(old));
    var before = ring.seal(SECRET, OWNER);
    ring.replace(List.of(SealKey.random(), old));
    assertFalse(ring.isNewest(before));
    assertArrayEquals(SECRET, ring.open(before, OWNER).orElseThrow());
    assertTrue(ring.isNewest(ring.seal(SECRET, OWNER)));
    ring.replace(List.of(ring.newest()));
    assertTrue(ring.open(before, OWNER).isEmpty());
  }

  @Test
  void aKeyIsReadAgainAndTellsNothingInWords() {
    var key = SealKey.random();
    var sealed = new KeyRing(List.of(key)).seal(SECRET, OWNER);
    var again = new KeyRing(List.of(new SealKey(key.raw())));
    assertArrayEquals(SECRET, again.open(sealed, OWNER).orElseThrow());
    assertFalse(key.toString().contains(hex(key.raw())));
    assertThrows(IllegalArgumentException.class, () -> new SealKey(new byte[31]));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
