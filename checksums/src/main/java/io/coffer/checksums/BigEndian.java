package io.coffer.checksums;

/** Numbers of up to eight bytes in network byte order. */
final class BigEndian {
  private BigEndian() {}

  static long toLong(byte[] bytes) {
    long number = 0;
    for (byte b : bytes) {
      number = number << Byte.SIZE | (b & 0xFF);
    }
    return number;
  }

  static byte[] toBytes(long number, int length) {
    byte[] bytes = new byte[length];
    long rest = number;
    for (int i = length - 1; i >= 0; i--) {
      bytes[i] = (byte) rest;
      rest >>>= Byte.SIZE;
    }
    return bytes;
  }
}
