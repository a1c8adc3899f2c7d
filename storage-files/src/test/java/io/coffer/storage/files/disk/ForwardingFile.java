package io.coffer.storage.files.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Another file, with something about it changed. */
public abstract class ForwardingFile implements DiskFile {
  private final DiskFile file;

  protected ForwardingFile(DiskFile file) {
    this.file = file;
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    file.append(bytes);
  }

  @Override
  public void sync() throws IOException {
    file.sync();
  }

  @Override
  public boolean read(ByteBuffer bytes, long position) throws IOException {
    return file.read(bytes, position);
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
