package io.coffer.checksums;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {
  @ParameterizedTest
  @EnumSource
  void base64IsReadBackAsItWasWritten(Algorithm algorithm) {
    byte[] value = new byte[algorithm.length()];
    new Random(5).nextBytes(value);
    var checksum = new Checksum(algorithm, value);
    var parsed = Checksum.parse(algorithm, checksum.base64());
    assertEquals(checksum, parsed);
    assertNotNull(parsed);
    assertEquals(checksum.hashCode(), parsed.hashCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "y/Q5Jg", "y/Q5J===", "y/Q5Jg==\n", "y_Q5Jg==", "AAAAAAAA", "é/Q5Jg=="})
  void whatIsNotFourBytesOfBase64IsNoCrc32(String text) {
    assertNull(Checksum.parse(Algorithm.CRC32, text));
  }

  @ParameterizedTest
  @EnumSource
  void aChecksumOfAnotherLengthIsNone(Algorithm algorithm) {
    byte[] longer = new byte[algorithm.length() + 1];
    assertNull(Checksum.parse(algorithm, Base64.getEncoder().encodeToString(longer)));
    assertThrows(IllegalArgumentException.class, () -> new Checksum(algorithm, longer));
  }

  @Test
  void laterChangesOfTheArrayDoNotReachTheChecksum() {
    byte[] value = {1, 2, 3, 4};
    var checksum = new Checksum(Algorithm.CRC32, value);
    value[0] = 9;
    checksum.value()[1] = 9;
    assertEquals(new Checksum(Algorithm.CRC32, new byte[] {1, 2, 3, 4}), checksum);
  }

  @Test
  void equalBytesOfTwoAlgorithmsDiffer() {
    assertNotEquals(
        new Checksum(Algorithm.CRC32, new byte[4]), new Checksum(Algorithm.CRC32C, new byte[4]));
  }
}
