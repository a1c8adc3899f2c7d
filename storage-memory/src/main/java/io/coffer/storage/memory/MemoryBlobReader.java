package io.coffer.storage.memory;

import static io.coffer.storage.memory.MemoryBlob.BLOCK_BYTES;

import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.StorageException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Gives a blob's blocks themselves, without a copy. */
final class MemoryBlobReader implements BlobReader {
  private final BlobId id;
  private final MemoryBlob blob;
  private final long end;
  private long position;

  /**
   * @throws IllegalArgumentException the bytes are not all within the blob
   */
  MemoryBlobReader(BlobId id, MemoryBlob blob, long offset, long length) {
    if (offset < 0 || length < 0 || length > blob.length() - offset) {
      throw new IllegalArgumentException(
          "bytes %d+%d of a blob of %d".formatted(offset, length, blob.length()));
    }
    this.id = id;
    this.blob = blob;
    position = offset;
    end = offset + length;
  }

  @Override
  public @Nullable ByteBuffer next() {
    if (position == end) {
      return null;
    }
    int index = (int) (position / BLOCK_BYTES);
    var block = blob.block(index);
    if (block == null) {
      throw new StorageException.Damaged("block " + index + " of blob " + id);
    }
    int from = (int) (position % BLOCK_BYTES);
    int bytes = (int) Math.min(block.limit() - from, end - position);
    position += bytes;
    return block.slice(from, bytes);
  }

  @Override
  public void close() {
    position = end;
  }
}
