package io.coffer.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that takes all that is left of a disk. */
final class Filler {
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path file;

  Filler(Path file) {
    this.file = file;
  }

  /** Grows until not one more byte is taken. */
  void fill() throws IOException {
    var content = new Content(3);
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int bytes = CHUNK_BYTES; bytes > 0; ) {
        if (!taken(channel, content.at(0, bytes))) {
          bytes /= 2;
        }
      }
    }
  }

  private static boolean taken(FileChannel channel, ByteBuffer bytes) {
    try {
      channel.write(bytes);
      channel.force(false);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /** What is left, to whoever asks. */
  static long freeBytes(Path directory) throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }
}
