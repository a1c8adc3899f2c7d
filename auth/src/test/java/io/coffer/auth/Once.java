package io.coffer.auth;

import io.coffer.model.Body;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One buffer, or a peer that went away. */
final class Once implements Body {
  private @Nullable ByteBuffer bytes;
  private boolean given;
  boolean closed;

  Once(@Nullable ByteBuffer bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return -1;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    if (bytes == null && !given) {
      throw new IOException("gone");
    }
    var next = bytes;
    given = true;
    bytes = null;
    return next;
  }

  @Override
  public void close() {
    closed = true;
  }
}
