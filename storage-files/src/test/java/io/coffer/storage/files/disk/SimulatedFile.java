package io.coffer.storage.files.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/** An open file of a simulated disk. */
final class SimulatedFile implements DiskFile {
  private final SimulatedDisk disk;
  private final Inode inode;
  private final Path path;
  private volatile boolean closed;

  SimulatedFile(SimulatedDisk disk, Inode inode, Path path) {
    this.disk = disk;
    this.inode = inode;
    this.path = path;
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    checkOpen();
    disk.append(inode, path, bytes);
  }

  @Override
  public void sync() throws IOException {
    checkOpen();
    disk.sync(inode, path);
  }

  @Override
  public boolean read(ByteBuffer bytes, long position) throws IOException {
    checkOpen();
    if (!disk.read(inode, path, bytes, position)) {
      return false;
    }
    bytes.flip();
    return true;
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    return inode.length();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
