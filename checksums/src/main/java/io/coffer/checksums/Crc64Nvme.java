package io.coffer.checksums;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * CRC-64/NVME (NVM Express NVM command set, 64-bit protection information): reflected, register
 * begun and ended inverted. Sixteen bytes a step, each looked up in a table of its own; what is
 * long is shortened first ({@link Crc64Folding}).
 */
final class Crc64Nvme implements Digest {
  /** 0xAD93D23594C93659, bit-reflected. */
  static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

  private static final int STEP = 16;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  // TABLES[n][b] is the register after byte b, from zero, and n zero bytes.
  private static final long[][] TABLES = tables();

  private long register = -1;
  private @Nullable Crc64Folding folding;
  private byte @Nullable [] piece;

  private static long[][] tables() {
    long[][] tables = new long[STEP][256];
    for (int b = 0; b < 256; b++) {
      long crc = b;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = crc >>> 1 ^ ((crc & 1) != 0 ? POLYNOMIAL : 0);
      }
      tables[0][b] = crc;
    }
    for (int n = 1; n < STEP; n++) {
      for (int b = 0; b < 256; b++) {
        long crc = tables[n - 1][b];
        tables[n][b] = tables[0][(int) crc & 0xFF] ^ crc >>> Byte.SIZE;
      }
    }
    return tables;
  }

  @Override
  public void update(ByteBuffer bytes) {
    if (bytes.remaining() >= Crc64Folding.BYTES_AT_LEAST) {
      var folder = folding == null ? new Crc64Folding() : folding;
      folding = folder;
      var rest = folder.shorten(register, bytes);
      register = 0;
      update(rest.array(), rest.position(), rest.remaining());
    } else if (bytes.hasArray()) {
      update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      bytes.position(bytes.limit());
    } else {
      var copy = piece == null ? new byte[Crc64Folding.BYTES_AT_LEAST] : piece;
      piece = copy;
      int length = bytes.remaining();
      bytes.get(copy, 0, length);
      update(copy, 0, length);
    }
  }

  private void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    long crc = register;
    long[][] t = TABLES;
    for (; end - at >= STEP; at += STEP) {
      long a = crc ^ (long) LONG.get(bytes, at);
      long b = (long) LONG.get(bytes, at + Long.BYTES);
      crc = eight(t, Long.BYTES, a) ^ eight(t, 0, b);
    }
    for (; at < end; at++) {
      crc = t[0][(int) (crc ^ bytes[at]) & 0xFF] ^ crc >>> Byte.SIZE;
    }
    register = crc;
  }

  /** The register after these eight bytes, the lowest first, and {@code zeros} zero bytes. */
  private static long eight(long[][] t, int zeros, long bytes) {
    return t[zeros + 7][(int) bytes & 0xFF]
        ^ t[zeros + 6][(int) (bytes >>> 8) & 0xFF]
        ^ t[zeros + 5][(int) (bytes >>> 16) & 0xFF]
        ^ t[zeros + 4][(int) (bytes >>> 24) & 0xFF]
        ^ t[zeros + 3][(int) (bytes >>> 32) & 0xFF]
        ^ t[zeros + 2][(int) (bytes >>> 40) & 0xFF]
        ^ t[zeros + 1][(int) (bytes >>> 48) & 0xFF]
        ^ t[zeros][(int) (bytes >>> 56)];
  }

  @Override
  public byte[] finish() {
    return BigEndian.toBytes(~register, Long.BYTES);
  }
}
