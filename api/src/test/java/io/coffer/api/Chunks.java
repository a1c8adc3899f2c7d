package io.coffer.api;

import io.coffer.model.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A body of unknown length that comes in pieces, each in a buffer that is used again. */
final class Chunks implements Body {
  private final byte[] bytes;
  private final int pieceSize;
  private final byte[] buffer;
  private int position;

  Chunks(byte[] bytes, int pieceSize) {
    this.bytes = bytes;
    this.pieceSize = pieceSize;
    this.buffer = new byte[pieceSize];
  }

  @Override
  public long length() {
    return -1;
  }

  @Override
  public @Nullable ByteBuffer next() {
    if (position == bytes.length) {
      return null;
    }
    int count = Math.min(pieceSize, bytes.length - position);
    System.arraycopy(bytes, position, buffer, 0, count);
    position += count;
    return ByteBuffer.wrap(buffer, 0, count).asReadOnlyBuffer();
  }

  @Override
  public void close() {}

  static byte[] read(Body body) throws IOException {
    var out = new ByteArrayOutputStream();
    for (var piece = body.next(); piece != null; piece = body.next()) {
      var bytes = new byte[piece.remaining()];
      piece.get(bytes);
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  static String text(Body body) throws IOException {
    return new String(read(body), StandardCharsets.UTF_8);
  }
}
