package io.coffer.checksums;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Shortens a long message to some two kilobytes that have the same CRC-64/NVME, several times
 * faster than tables go through it, and without instructions that Java does not have.
 *
 * <p>The polynomial divides a sparse one: 1 equals the sum of {@code x^(-8 d)} over the eight
 * distances below. So a byte of the message may be taken out if it is added (exclusive or) to the
 * bytes at these distances behind it. Taking out one after the other from the front, each byte
 * needs to know only the eight that were taken out before it, which is what {@link #fold} does to
 * eight bytes at a time; the processor finds plenty of independent work in that. What remains is
 * the end of the message, as long as the largest distance. (The idea is known from CRC-32 as
 * "Chorba": Sam Russell, 2024, arXiv 2412.16398. The distances were found by a search for four
 * pairs of powers whose sum is 1; the tests prove them.)
 *
 * <p>One thread.
 */
final class Crc64Folding {
  /** A shorter message is not worth it. */
  static final int BYTES_AT_LEAST = 4 << 10;

  private static final int D1 = 365;
  private static final int D2 = 503;
  private static final int D3 = 714;
  private static final int D4 = 964;
  private static final int D5 = 976;
  private static final int D6 = 1290;
  private static final int D7 = 1507;
  private static final int D8 = 1822;
  private static final int[] DISTANCES = {D1, D2, D3, D4, D5, D6, D7, D8};

  /** What has to be kept of the bytes taken out. */
  private static final int HISTORY = D8;

  private static final int WINDOW = 32 << 10;

  /** The last window has at least what remains, and one step. */
  private static final int LAST_AT_LEAST = HISTORY + Long.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes = new byte[HISTORY + WINDOW];

  /**
   * Shortens a message.
   *
   * @param register what the message begins with: the register after the bytes before it
   * @param message at least {@link #BYTES_AT_LEAST}; is read to its limit
   * @return what remains, to be gone through from a register of zero; valid until the next call
   */
  ByteBuffer shorten(long register, ByteBuffer message) {
    Arrays.fill(bytes, 0, HISTORY, (byte) 0);
    int length = fill(message);
    LONG.set(bytes, HISTORY, register ^ (long) LONG.get(bytes, HISTORY));
    while (message.hasRemaining()) {
      fold(HISTORY, HISTORY + length);
      System.arraycopy(bytes, length, bytes, 0, HISTORY);
      length = fill(message);
    }
    int end = HISTORY + length;
    int remains = HISTORY + (length - HISTORY) % Long.BYTES;
    fold(HISTORY, end - remains);
    addTo(end - remains, end);
    return ByteBuffer.wrap(bytes, end - remains, remains);
  }

  /** Takes the next bytes in, a multiple of a step of them unless they are the last. */
  private int fill(ByteBuffer message) {
    int left = message.remaining();
    int length = Math.min(left, WINDOW);
    if (left > length && left - length < LAST_AT_LEAST) {
      length = WINDOW / 2;
    }
    message.get(bytes, HISTORY, length);
    return length;
  }

  /** Takes out the bytes of a range, whose length is a multiple of a step. */
  private void fold(int from, int to) {
    byte[] b = bytes;
    for (int i = from; i < to; i += Long.BYTES) {
      long sum =
          (long) LONG.get(b, i)
              ^ (long) LONG.get(b, i - D1)
              ^ (long) LONG.get(b, i - D2)
              ^ (long) LONG.get(b, i - D3)
              ^ (long) LONG.get(b, i - D4)
              ^ (long) LONG.get(b, i - D5)
              ^ (long) LONG.get(b, i - D6)
              ^ (long) LONG.get(b, i - D7)
              ^ (long) LONG.get(b, i - D8);
      LONG.set(b, i, sum);
    }
  }

  /** Adds what was taken out before a range to the bytes of the range. */
  private void addTo(int from, int to) {
    for (int distance : DISTANCES) {
      for (int i = from; i < Math.min(from + distance, to); i++) {
        bytes[i] ^= bytes[i - distance];
      }
    }
  }
}
