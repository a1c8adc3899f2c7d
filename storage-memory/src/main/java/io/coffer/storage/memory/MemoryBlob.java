package io.coffer.storage.memory;

import io.coffer.storage.Verdict;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A sealed blob: blocks of {@link #BLOCK_BYTES}, the last one shorter, each with the CRC32C of its
 * bytes. Never changed.
 */
final class MemoryBlob {
  static final int BLOCK_BYTES = 64 << 10;

  private final byte[][] blocks;
  private final int[] checksums;
  private final long length;

  MemoryBlob(List<byte[]> blocks, long length) {
    this.blocks = blocks.toArray(byte[][]::new);
    this.length = length;
    checksums = new int[this.blocks.length];
    for (int i = 0; i < checksums.length; i++) {
      checksums[i] = checksum(this.blocks[i]);
    }
  }

  long length() {
    return length;
  }

  /** One block whole, read-only; null when its bytes are not those that were sealed. */
  @Nullable ByteBuffer block(int index) {
    var block = blocks[index];
    return checksum(block) == checksums[index] ? ByteBuffer.wrap(block).asReadOnlyBuffer() : null;
  }

  Verdict verify(LongConsumer progress) {
    for (int i = 0; i < blocks.length; i++) {
      if (block(i) == null) {
        return new Verdict.Damaged("block " + i + " is not as it was written");
      }
      progress.accept(blocks[i].length);
    }
    return new Verdict.Sound(length);
  }

  /** Turns one bit over, as failing memory would: for tests. */
  void damage(long offset) {
    blocks[(int) (offset / BLOCK_BYTES)][(int) (offset % BLOCK_BYTES)] ^= 1;
  }

  private static int checksum(byte[] block) {
    var crc = new CRC32C();
    crc.update(block, 0, block.length);
    return (int) crc.getValue();
  }
}
