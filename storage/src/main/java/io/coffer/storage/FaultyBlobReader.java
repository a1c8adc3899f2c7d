package io.coffer.storage;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** May fail between any two pieces. */
final class FaultyBlobReader implements BlobReader {
  private final BlobReader reader;
  private final Faults faults;

  FaultyBlobReader(BlobReader reader, Faults faults) {
    this.reader = reader;
    this.faults = faults;
  }

  @Override
  public @Nullable ByteBuffer next() {
    faults.mayFail("a read");
    return reader.next();
  }

  @Override
  public void close() {
    reader.close();
  }
}
