package io.coffer.service;

import io.coffer.model.Body;
import io.coffer.model.FileSpan;
import io.coffer.storage.BlobReader;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object or of a range of it: one blob after the other, each opened when its turn
 * comes. The first is opened before the answer begins, so that what is missing is a clear error.
 */
final class ObjectBody implements Body {
  private final long length;
  private final Iterator<Supplier<BlobReader>> rest;
  private final Runnable onClose;
  private @Nullable BlobReader reader;
  private boolean closed;

  ObjectBody(long length, Iterator<Supplier<BlobReader>> readers, Runnable onClose) {
    this.length = length;
    this.rest = readers;
    this.onClose = onClose;
    this.reader = readers.hasNext() ? readers.next().get() : null;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public @Nullable ByteBuffer next() {
    while (reader != null) {
      var bytes = reader.next();
      if (bytes != null) {
        return bytes;
      }
      reader.close();
      reader = rest.hasNext() ? rest.next().get() : null;
    }
    return null;
  }

  @Override
  public @Nullable FileSpan nextSpan() {
    var span = reader == null ? null : reader.nextSpan();
    return span == null ? null : new FileSpan(span.file(), span.position(), span.length());
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (reader != null) {
      reader.close();
      reader = null;
    }
    onClose.run();
  }
}
