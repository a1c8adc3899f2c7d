package io.coffer.storage.memory;

import static io.coffer.storage.memory.MemoryBlob.BLOCK_BYTES;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects the blocks of a blob. A block starts as large as the hint says, small when nobody knows,
 * and doubles: a blob of ten bytes takes ten bytes.
 */
final class MemoryBlobWriter implements BlobWriter {
  private static final int FIRST_BYTES = 1 << 10;

  private final Room room;
  private final Consumer<MemoryBlob> sealing;
  private final List<byte[]> blocks = new ArrayList<>();
  private byte[] block;
  private int filled;
  private long length;
  private boolean done;

  MemoryBlobWriter(Room room, BlobHint hint, Consumer<MemoryBlob> sealing) {
    this.room = room;
    this.sealing = sealing;
    block = new byte[hint.length() < 0 ? FIRST_BYTES : (int) Math.min(hint.length(), BLOCK_BYTES)];
  }

  @Override
  public void write(ByteBuffer bytes) {
    if (done) {
      throw new IllegalStateException("the blob is sealed or closed");
    }
    int more = bytes.remaining();
    room.take(more);
    length += more;
    while (bytes.hasRemaining()) {
      if (filled == block.length) {
        makeRoom(bytes.remaining());
      }
      int part = Math.min(bytes.remaining(), block.length - filled);
      bytes.get(block, filled, part);
      filled += part;
    }
  }

  private void makeRoom(int bytes) {
    if (filled == BLOCK_BYTES) {
      blocks.add(block);
      block = new byte[Math.min(BLOCK_BYTES, Math.max(bytes, FIRST_BYTES))];
      filled = 0;
    } else {
      int larger = Math.max(filled + bytes, Math.max(2 * filled, FIRST_BYTES));
      block = Arrays.copyOf(block, Math.min(BLOCK_BYTES, larger));
    }
  }

  @Override
  public void seal() {
    if (done) {
      throw new IllegalStateException("the blob is sealed or closed");
    }
    if (filled > 0) {
      blocks.add(filled == block.length ? block : Arrays.copyOf(block, filled));
    }
    sealing.accept(new MemoryBlob(blocks, length));
    done = true;
  }

  @Override
  public void close() {
    if (!done) {
      done = true;
      room.give(length);
    }
  }
}
