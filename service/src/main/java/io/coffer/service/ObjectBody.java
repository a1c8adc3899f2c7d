package io.coffer.service;

import io.coffer.model.Body;
import io.coffer.model.FileSpan;
import io.coffer.storage.BlobReader;
import io.coffer.storage.StorageException;
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
  private final OnDamage onDamage;
  private final Runnable onClose;
  private @Nullable BlobReader reader;
  private long given;
  private boolean closed;

  /** What to throw when bytes are damaged. */
  @FunctionalInterface
  interface OnDamage {
    /**
     * @param given bytes that could be read
     */
    RuntimeException met(long given, StorageException cause);
  }

  /**
   * Opens the first.
   *
   * @throws StorageException.NoSuchBlob it is not there, it may have been deleted
   */
  ObjectBody(
      long length, Iterator<Supplier<BlobReader>> readers, OnDamage onDamage, Runnable onClose) {
    this.length = length;
    this.rest = readers;
    this.onDamage = onDamage;
    this.onClose = onClose;
    try {
      this.reader = readers.hasNext() ? readers.next().get() : null;
    } catch (StorageException.Damaged e) {
      throw onDamage.met(0, e);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public @Nullable ByteBuffer next() {
    try {
      while (reader != null) {
        var bytes = reader.next();
        if (bytes != null) {
          given += bytes.remaining();
          return bytes;
        }
        reader.close();
        reader = rest.hasNext() ? rest.next().get() : null;
      }
      return null;
    } catch (StorageException.Damaged | StorageException.NoSuchBlob e) {
      throw onDamage.met(given, e);
    }
  }

  @Override
  public @Nullable FileSpan nextSpan() {
    try {
      var span = reader == null ? null : reader.nextSpan();
      if (span == null) {
        return null;
      }
      given += span.length();
      return new FileSpan(span.file(), span.position(), span.length());
    } catch (StorageException.Damaged e) {
      throw onDamage.met(given, e);
    }
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
