package io.coffer.api.transport;

import io.coffer.model.Body;
import io.coffer.model.FileSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The next bytes of the body of an answer. */
sealed interface Piece {
  long length();

  /** Bytes in memory, to be copied. */
  record View(ByteBuffer bytes, long length) implements Piece {}

  /** Bytes of a file, to be sent from there. */
  record Span(FileSpan bytes) implements Piece {
    @Override
    public long length() {
      return bytes.length();
    }
  }

  /**
   * The next piece, or null at the end.
   *
   * @param fromFile whether it may be a span
   */
  static @Nullable Piece next(Body body, boolean fromFile) throws IOException {
    var span = fromFile ? body.nextSpan() : null;
    if (span != null) {
      return new Span(span);
    }
    var view = body.next();
    return view == null ? null : new View(view, view.remaining());
  }
}
