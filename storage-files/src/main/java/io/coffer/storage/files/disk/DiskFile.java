package io.coffer.storage.files.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * An open file of a {@link Disk}: written at its end by the one who made it, or read by the one who
 * opened it. One thread at a time.
 */
public interface DiskFile extends Closeable {
  /** Writes all remaining bytes at the end of the file. */
  void append(ByteBuffer bytes) throws IOException;

  /**
   * Returns when all bytes of the file, and its length, are durable; its name is not.
   *
   * @throws IOException they may not be. To sync again would not tell: the kernel may have dropped
   *     the pages that it could not write
   */
  void sync() throws IOException;

  /**
   * Fills the buffer up to its limit and flips it.
   *
   * @param position of the first byte
   * @return false when the file ends before that
   */
  boolean read(ByteBuffer bytes, long position) throws IOException;

  /** The file as the machine has it, to be sent without copying; null where it has none. */
  default @Nullable FileChannel channel() {
    return null;
  }

  /** Bytes of the file. */
  long size() throws IOException;
}
