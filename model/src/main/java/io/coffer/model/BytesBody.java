package io.coffer.model;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body that is already in memory. */
final class BytesBody implements Body {
  private final byte[] bytes;
  private boolean read;

  BytesBody(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public @Nullable ByteBuffer next() {
    if (read || bytes.length == 0) {
      return null;
    }
    read = true;
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  public void close() {
    read = true;
  }
}
