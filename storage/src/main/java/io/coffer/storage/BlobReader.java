package io.coffer.storage;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Gives the bytes of one blob, each verified before it is given. One thread at a time. */
public interface BlobReader extends AutoCloseable {
  /**
   * The next bytes, at least one, or null at the end.
   *
   * @return a view that is valid until the next call
   * @throws StorageException.Damaged the bytes on disk are not those that were written
   */
  @Nullable ByteBuffer next();

  /**
   * The next bytes, verified, as a span of the file where they lie; null when they lie in none, or
   * are too few to be worth it, or at the end: then {@link #next} tells. Valid until the next call.
   *
   * @throws StorageException.Damaged as {@link #next}
   */
  default @Nullable FileSpan nextSpan() {
    return null;
  }

  @Override
  void close();
}
