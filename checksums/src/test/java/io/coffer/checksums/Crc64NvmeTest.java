package io.coffer.checksums;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is shortened first has the CRC that going bit by bit gives. */
class Crc64NvmeTest {
  @Test
  void anyLengthInAnyPiecesIsAsBitByBit() {
    var random = new Random(64);
    for (int round = 0; round < 200; round++) {
      var message = new byte[random.nextInt(round % 10 == 0 ? 150_000 : 9_000)];
      random.nextBytes(message);
      long expected = bitByBit(message);
      assertEquals(expected, inPieces(message, random, round % 2 == 0), "round " + round);
    }
  }

  @Test
  void everyLengthAroundTheWindowsIsAsBitByBit() {
    var all = new byte[36_000];
    new Random(65).nextBytes(all);
    for (int length = 32_700; length < 36_000; length += 37) {
      var message = Arrays.copyOf(all, length);
      var digest = new Crc64Nvme();
      digest.update(ByteBuffer.wrap(message));
      assertEquals(
          bitByBit(message), ByteBuffer.wrap(digest.finish()).getLong(), length + " bytes");
    }
  }

  private static long inPieces(byte[] message, Random random, boolean direct) {
    var bytes = direct ? ByteBuffer.allocateDirect(message.length) : ByteBuffer.wrap(message);
    if (direct) {
      bytes.put(message).flip();
    }
    var digest = new Crc64Nvme();
    while (bytes.hasRemaining()) {
      int length = Math.min(bytes.remaining(), 1 + random.nextInt(80_000));
      digest.update(bytes.slice(bytes.position(), length).asReadOnlyBuffer());
      bytes.position(bytes.position() + length);
    }
    return ByteBuffer.wrap(digest.finish()).getLong();
  }

  private static long bitByBit(byte[] message) {
    long register = -1;
    for (byte b : message) {
      register ^= b & 0xFF;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        register = register >>> 1 ^ ((register & 1) != 0 ? Crc64Nvme.POLYNOMIAL : 0);
      }
    }
    return ~register;
  }
}
