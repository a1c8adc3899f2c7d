package io.coffer.storage.files;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buffers of one block for readers and writers of files. Direct, so that a channel does not copy
 * through buffers of its own, and reused, because direct memory comes back only with a garbage
 * collection. Never blocks: when as many direct buffers are out as there may be, the next ones are
 * on the heap. Thread-safe.
 */
final class BufferPool {
  private final int bufferBytes;
  private final int directAtMost;
  private final AtomicInteger direct = new AtomicInteger();
  private final ConcurrentLinkedQueue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param directAtMost how many direct buffers are ever made
   */
  BufferPool(int bufferBytes, int directAtMost) {
    this.bufferBytes = bufferBytes;
    this.directAtMost = directAtMost;
  }

  /** An empty buffer, to be given back. */
  ByteBuffer take() {
    var buffer = idle.poll();
    if (buffer != null) {
      return buffer.clear();
    }
    if (direct.getAndUpdate(n -> Math.min(n + 1, directAtMost)) < directAtMost) {
      return ByteBuffer.allocateDirect(bufferBytes);
    }
    return ByteBuffer.allocate(bufferBytes);
  }

  /** Gives back what {@link #take} gave, once. */
  void give(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      idle.add(buffer);
    }
  }
}
