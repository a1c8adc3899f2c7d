package io.coffer.api.transport;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All open connections of a server, and how many requests they have in flight. Thread-safe. */
final class Connections {
  private final int max;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int inFlight;
  private volatile boolean draining;
  private volatile @Nullable Channel listener;

  Connections(int max) {
    this.max = max;
  }

  /** The channel that accepts; it rests while there are too many connections. */
  void listenWith(Channel channel) {
    listener = channel;
  }

  void opened(Channel channel) {
    open.add(channel);
    if (open.size() >= max) {
      updateListener();
    }
  }

  void closed(Channel channel) {
    open.remove(channel);
    updateListener(); // always: of two that close at once neither need see the limit
  }

  /** On the listener's own loop, so that the last to decide sees all that came before. */
  private void updateListener() {
    var channel = listener;
    if (channel != null && channel.isOpen()) {
      channel.eventLoop().execute(() -> channel.config().setAutoRead(open.size() < max));
    }
  }

  int count() {
    return open.size();
  }

  /** Counts a request that comes in; false if it comes too late and has to be refused. */
  boolean beginRequest() {
    lock.lock();
    try {
      if (draining) {
        return false;
      }
      inFlight++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Its answer was given to the socket, or will never be. */
  void requestEnded() {
    lock.lock();
    try {
      inFlight--;
      if (inFlight == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean draining() {
    return draining;
  }

  /** Refuses new requests from now on, and waits for those in flight; true if all ended. */
  boolean drain(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      draining = true;
      while (inFlight > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return inFlight == 0;
    } finally {
      lock.unlock();
    }
  }

  void closeAll() {
    draining = true;
    for (var channel : open) {
      var unused = channel.close();
    }
  }
}
