package io.coffer.storage;

import java.nio.ByteBuffer;

/** Takes the bytes of one blob. One thread at a time. */
public interface BlobWriter extends AutoCloseable {
  /**
   * Takes all remaining bytes of the buffer.
   *
   * @throws StorageException.Full no room
   */
  void write(ByteBuffer bytes);

  /**
   * Ends the blob: readable from now on, and durable at the latest when the batch that adopts it
   * has committed.
   */
  void seal();

  /** Without {@link #seal} before: forgets what was written. Idempotent. */
  @Override
  void close();
}
