package io.coffer.storage.files;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Buffers of one block for readers and writers of files. Direct, so that a channel does not copy
 * through buffers of its own, and reused, because direct memory comes back only with a garbage
 * collection. Never blocks: when as many direct buffers are out as there may be, or the JVM has no
 * direct memory left, the next ones are on the heap. Thread-safe.
 */
final class BufferPool {
  private final int bufferBytes;
  private final int directAtMost;
  private final IntFunction<ByteBuffer> directly;
  private final AtomicInteger direct = new AtomicInteger();
  private final ConcurrentLinkedQueue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param directAtMost how many direct buffers are ever made
   */
  BufferPool(int bufferBytes, int directAtMost) {
    this(bufferBytes, directAtMost, ByteBuffer::allocateDirect);
  }

  /**
   * @param directly makes a direct buffer of so many bytes
   */
  BufferPool(int bufferBytes, int directAtMost, IntFunction<ByteBuffer> directly) {
    this.bufferBytes = bufferBytes;
    this.directAtMost = directAtMost;
    this.directly = directly;
  }

  /** An empty buffer, to be given back. */
  ByteBuffer take() {
    var buffer = idle.poll();
    if (buffer != null) {
      return buffer.clear();
    }
    if (direct.getAndUpdate(n -> Math.min(n + 1, directAtMost)) < directAtMost) {
      try {
        return directly.apply(bufferBytes);
      } catch (OutOfMemoryError e) {
        // The JVM has no direct memory left for now; the heap is another matter.
        direct.decrementAndGet();
      }
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
