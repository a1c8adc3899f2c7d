package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A blob that lives among the rows.
 *
 * @param stored its bytes, then their CRC32C; not to be changed
 */
record InlineBlob(BlobId id, byte[] stored) {
  static final int CRC_BYTES = 4;

  /** Of the first {@code length} bytes of an array, which is taken over if it just fits. */
  static InlineBlob of(BlobId id, byte[] bytes, int length) {
    int size = length + CRC_BYTES;
    var stored = bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
    ByteBuffer.wrap(stored).putInt(length, crc(stored, length));
    return new InlineBlob(id, stored);
  }

  int length() {
    return stored.length - CRC_BYTES;
  }

  /**
   * @throws StorageException.Damaged the bytes are not those that were written
   */
  void check() {
    if (stored.length < CRC_BYTES
        || ByteBuffer.wrap(stored).getInt(length()) != crc(stored, length())) {
      throw new StorageException.Damaged(
          "blob " + id + ": its bytes are not those that were written");
    }
  }

  /** Gives a range at once. */
  BlobReader reader(long offset, long length) {
    var range = ByteBuffer.wrap(stored, (int) offset, (int) length).slice().asReadOnlyBuffer();
    return new BlobReader() {
      private boolean given = !range.hasRemaining();

      @Override
      public @Nullable ByteBuffer next() {
        if (given) {
          return null;
        }
        given = true;
        return range;
      }

      @Override
      public void close() {
        given = true;
      }
    };
  }

  private static int crc(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
