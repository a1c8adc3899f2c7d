package io.coffer.checksums;

/**
 * Combines the CRCs of two pieces into that of both. With the register's first and last inversion
 * alike, crc(AB) = crc(A) · x^(8·length(B)) + crc(B), over the polynomials modulo 2 and modulo the
 * CRC's own. Polynomials are bit-reflected as in the registers: the highest bit is x^0. Immutable.
 */
final class CrcCombiner {
  private static final int BITS_PER_BYTE_LOG2 = 3;

  private final int width;
  private final long polynomial;
  // powers[k] is x^(2^k): as many as the bits of the longest piece, 2^63 - 1 bytes, need.
  private final long[] powers = new long[Long.SIZE - 1 + BITS_PER_BYTE_LOG2];

  CrcCombiner(int width, long polynomial) {
    this.width = width;
    this.polynomial = polynomial;
    powers[0] = 1L << (width - 2);
    for (int k = 1; k < powers.length; k++) {
      powers[k] = multiply(powers[k - 1], powers[k - 1]);
    }
  }

  byte[] combine(byte[] first, byte[] second, long secondLength) {
    long crc = BigEndian.toLong(first);
    int k = BITS_PER_BYTE_LOG2;
    for (long rest = secondLength; rest != 0; rest >>>= 1, k++) {
      if ((rest & 1) != 0) {
        crc = multiply(crc, powers[k]);
      }
    }
    return BigEndian.toBytes(crc ^ BigEndian.toLong(second), width / Byte.SIZE);
  }

  private long multiply(long a, long b) {
    long product = 0;
    long shifted = b;
    for (int bit = width - 1; bit >= 0; bit--) {
      if ((a >>> bit & 1) != 0) {
        product ^= shifted;
      }
      shifted = shifted >>> 1 ^ ((shifted & 1) != 0 ? polynomial : 0);
    }
    return product;
  }
}
