package io.coffer.storage.files.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file of the machine's disk. */
final class RealFile implements DiskFile {
  private final FileChannel channel;

  RealFile(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    RealDisk.full(
        () -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          return bytes;
        });
  }

  @Override
  public void sync() throws IOException {
    RealDisk.full(
        () -> {
          channel.force(false);
          return channel;
        });
  }

  @Override
  public boolean read(ByteBuffer bytes, long position) throws IOException {
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

  @Override
  public FileChannel channel() {
    return channel;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
