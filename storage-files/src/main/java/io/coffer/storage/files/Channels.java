package io.coffer.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Whole buffers to and from a file. */
final class Channels {
  private Channels() {}

  /** Writes all that remains. */
  static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Fills the buffer up to its limit and flips it; false when the file ends before that. */
  static boolean read(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, at);
      if (count < 0) {
        return false;
      }
      at += count;
    }
    bytes.flip();
    return true;
  }
}
