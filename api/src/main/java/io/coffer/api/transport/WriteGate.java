package io.coffer.api.transport;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where a thread waits while its client is slow to read. Thread-safe. */
final class WriteGate {
  private final Channel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  WriteGate(Channel channel) {
    this.channel = channel;
  }

  /**
   * Returns when there is room for more in the channel's outbound buffer.
   *
   * @throws IOException the connection is closed
   */
  void await() throws IOException {
    if (channel.isWritable() && channel.isActive()) {
      return;
    }
    lock.lock();
    try {
      while (channel.isActive() && !channel.isWritable()) {
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for the client.");
    } finally {
      lock.unlock();
    }
    if (!channel.isActive()) {
      throw new IOException("The connection to the client was closed.");
    }
  }

  /** To be called when writability or activity of the channel has changed. */
  void changed() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
