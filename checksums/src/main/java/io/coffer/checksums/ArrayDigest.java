package io.coffer.checksums;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A digest that reads arrays; what lies elsewhere is copied piece by piece. */
abstract class ArrayDigest implements Digest {
  private static final int PIECE_BYTES = 8 * 1024;

  private byte @Nullable [] piece;

  abstract void update(byte[] bytes, int offset, int length);

  @Override
  public final void update(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      bytes.position(bytes.limit());
      return;
    }
    byte[] copy = piece;
    if (copy == null) {
      copy = new byte[PIECE_BYTES];
      piece = copy;
    }
    while (bytes.hasRemaining()) {
      int length = Math.min(copy.length, bytes.remaining());
      bytes.get(copy, 0, length);
      update(copy, 0, length);
    }
  }
}
