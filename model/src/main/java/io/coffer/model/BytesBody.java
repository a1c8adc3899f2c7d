package io.coffer.model;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body that is already in memory. */
final class BytesBody implements Body {
  private final long length;
  private final Iterator<ByteBuffer> parts;
  private boolean closed;

  BytesBody(List<ByteBuffer> parts) {
    length = parts.stream().mapToLong(ByteBuffer::remaining).sum();
    this.parts = parts.iterator();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public @Nullable ByteBuffer next() {
    while (!closed && parts.hasNext()) {
      var part = parts.next();
      if (part.hasRemaining()) {
        return part.asReadOnlyBuffer();
      }
    }
    return null;
  }

  @Override
  public void close() {
    closed = true;
  }
}
