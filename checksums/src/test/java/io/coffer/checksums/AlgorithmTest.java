package io.coffer.checksums;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class AlgorithmTest {
  private static byte[] checksum(Algorithm algorithm, ByteBuffer... pieces) {
    Digest digest = algorithm.newDigest();
    for (ByteBuffer piece : pieces) {
      digest.update(piece);
      assertFalse(piece.hasRemaining());
    }
    return digest.finish();
  }

  private static byte[] checksum(Algorithm algorithm, byte[] bytes) {
    return checksum(algorithm, ByteBuffer.wrap(bytes));
  }

  private static byte[] randomBytes(Random random, int atMost) {
    byte[] bytes = new byte[random.nextInt(atMost + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  // The CRCs: the check values of the catalogue of parametrised CRC algorithms. The SHA family and
  // MD5: sha1sum and its like. XXH: xxHash's own library 0.8.1.
  @ParameterizedTest
  @CsvSource({
    "CRC32, cbf43926",
    "CRC32C, e3069283",
    "CRC64NVME, ae8b14860a799888",
    "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
    "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
    "SHA512, d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274a"
        + "d27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
    "MD5, 25f9e794323b453885f5181f1b624d0b",
    "XXHASH64, 8cb841db40e6ae83",
    "XXHASH3, 72dcb18b67a17dff",
    "XXHASH128, 33119477ede5dcd5e9716427681d5860",
  })
  void theDigitsOneToNineGiveTheKnownChecksum(Algorithm algorithm, String expected) {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(expected, HexFormat.of().formatHex(checksum(algorithm, digits)));
  }

  @ParameterizedTest
  @CsvSource({
    "CRC32, 00000000",
    "CRC32C, 00000000",
    "CRC64NVME, 0000000000000000",
    "SHA1, da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "SHA256, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "MD5, d41d8cd98f00b204e9800998ecf8427e",
    "XXHASH64, ef46db3751d8e999",
    "XXHASH3, 2d06800538d394c2",
    "XXHASH128, 99aa06d3014798d86001c324468d497f",
  })
  void noBytesGiveTheKnownChecksum(Algorithm algorithm, String expected) {
    assertEquals(expected, HexFormat.of().formatHex(checksum(algorithm, new byte[0])));
  }

  @ParameterizedTest
  @CsvSource({
    "XXHASH64, 100, 2bddaad0ee8a2178",
    "XXHASH3, 100, 10c6f5eff4f45481",
    "XXHASH128, 100, e9614ba2d15bb7c8ac2711ccb8f4a260",
    "XXHASH64, 5000, ea7ced5dbf86494e",
    "XXHASH3, 5000, c0dd97972a4d2de3",
    "XXHASH128, 5000, 47aa050a1d2c0b8cc0dd97972a4d2de3",
  })
  void longerInputsGiveTheKnownXxHash(Algorithm algorithm, int length, String expected) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    assertEquals(expected, HexFormat.of().formatHex(checksum(algorithm, bytes)));
  }

  /** The definition of the CRC, a bit at a time. */
  @Test
  void crc64NvmeIsWhatItsDefinitionGives() {
    var random = new Random(64);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = randomBytes(random, 100);
      long register = -1;
      for (byte b : bytes) {
        register ^= b & 0xFF;
        for (int bit = 0; bit < 8; bit++) {
          register = register >>> 1 ^ ((register & 1) != 0 ? 0x9A6C9329AC4BC9B5L : 0);
        }
      }
      assertArrayEquals(
          BigEndian.toBytes(~register, 8), checksum(Algorithm.CRC64NVME, bytes), "seed 64");
    }
  }

  @ParameterizedTest
  @EnumSource
  void piecesOfAnyKindOfBufferGiveTheChecksumOfTheWhole(Algorithm algorithm) {
    var random = new Random(10);
    for (int round = 0; round < 60; round++) {
      byte[] bytes = randomBytes(random, 40_000);
      int first = random.nextInt(bytes.length + 1);
      int second = first + random.nextInt(bytes.length - first + 1);
      ByteBuffer heap = ByteBuffer.wrap(bytes, 0, first).slice();
      ByteBuffer direct = ByteBuffer.allocateDirect(second - first + 3).position(3);
      direct.put(bytes, first, second - first).position(3);
      ByteBuffer readOnly =
          ByteBuffer.wrap(bytes).slice(second, bytes.length - second).asReadOnlyBuffer();
      assertArrayEquals(
          checksum(algorithm, bytes), checksum(algorithm, heap, direct, readOnly), "seed 10");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChecksumHasTheAnnouncedLength(Algorithm algorithm) {
    assertEquals(algorithm.length(), checksum(algorithm, new byte[] {1, 2, 3}).length);
  }

  @ParameterizedTest
  @EnumSource(names = "CRC.*", mode = Mode.MATCH_ALL)
  void combinedChecksumsAreThatOfTheWhole(Algorithm algorithm) {
    var random = new Random(2);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = randomBytes(random, round % 3 == 0 ? 3 : 5_000);
      int split = random.nextInt(bytes.length + 1);
      byte[] first = checksum(algorithm, Arrays.copyOfRange(bytes, 0, split));
      byte[] second = checksum(algorithm, Arrays.copyOfRange(bytes, split, bytes.length));
      assertArrayEquals(
          checksum(algorithm, bytes),
          algorithm.combine(first, second, bytes.length - split),
          "seed 2");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "CRC.*", mode = Mode.MATCH_ALL)
  void combiningWithNothingChangesNothing(Algorithm algorithm) {
    byte[] some = checksum(algorithm, new byte[] {1, 2, 3});
    byte[] none = checksum(algorithm, new byte[0]);
    assertArrayEquals(some, algorithm.combine(some, none, 0));
    assertArrayEquals(some, algorithm.combine(none, some, 3));
  }

  /** Combining is associative, so lengths that no test can hash are checked against each other. */
  @ParameterizedTest
  @EnumSource(names = "CRC.*", mode = Mode.MATCH_ALL)
  void hugePiecesCombineInAnyGrouping(Algorithm algorithm) {
    byte[] a = checksum(algorithm, new byte[] {1});
    byte[] b = checksum(algorithm, new byte[] {2});
    byte[] c = checksum(algorithm, new byte[] {3});
    long bLength = 0x1234_5678_9ABCL;
    long cLength = Long.MAX_VALUE - bLength;
    assertArrayEquals(
        algorithm.combine(algorithm.combine(a, b, bLength), c, cLength),
        algorithm.combine(a, algorithm.combine(b, c, cLength), Long.MAX_VALUE));
  }

  @Test
  void combiningRefusesWhatItCannotCombine() {
    var algorithm = Algorithm.CRC32;
    assertThrows(
        IllegalArgumentException.class, () -> algorithm.combine(new byte[4], new byte[8], 1));
    assertThrows(
        IllegalArgumentException.class, () -> algorithm.combine(new byte[4], new byte[4], -1));
    assertThrows(
        UnsupportedOperationException.class,
        () -> Algorithm.SHA1.combine(new byte[20], new byte[20], 1));
  }

  @ParameterizedTest
  @EnumSource
  void everyAlgorithmIsFoundByItsNameAndItsHeader(Algorithm algorithm) {
    assertSame(algorithm, Algorithm.of(algorithm.name()));
    assertSame(algorithm, Algorithm.ofHeader(algorithm.headerName()));
  }

  @Test
  void namesAreThoseOfAws() {
    assertEquals("x-amz-checksum-crc64nvme", Algorithm.CRC64NVME.headerName());
    assertSame(Algorithm.CRC32C, Algorithm.ofHeader("X-Amz-Checksum-Crc32c"));
    assertSame(Algorithm.XXHASH3, Algorithm.of("xxhash3"));
    assertNull(Algorithm.of("CRC16"));
    assertNull(Algorithm.ofHeader("x-amz-checksum-type"));
  }

  // AWS: CRC64NVME full object only, CRC32 and CRC32C both, all others composite only.
  @ParameterizedTest
  @EnumSource
  void typesOfMultipartChecksumsAreThoseOfAws(Algorithm algorithm) {
    assertEquals(algorithm.name().startsWith("CRC"), algorithm.fullObjectMultipart());
    assertEquals(algorithm != Algorithm.CRC64NVME, algorithm.compositeMultipart());
  }
}
