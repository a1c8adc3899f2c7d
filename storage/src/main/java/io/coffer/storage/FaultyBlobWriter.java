package io.coffer.storage;

import java.nio.ByteBuffer;

/** May fail, or find no room, before any piece and before the end. */
final class FaultyBlobWriter implements BlobWriter {
  private final BlobWriter writer;
  private final Faults faults;

  FaultyBlobWriter(BlobWriter writer, Faults faults) {
    this.writer = writer;
    this.faults = faults;
  }

  @Override
  public void write(ByteBuffer bytes) {
    faults.mayFailOrFill("a write");
    writer.write(bytes);
  }

  @Override
  public void seal() {
    faults.mayFailOrFill("seal");
    writer.seal();
  }

  @Override
  public void close() {
    writer.close();
  }
}
