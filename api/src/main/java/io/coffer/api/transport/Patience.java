package io.coffer.api.transport;

import io.netty.channel.Channel;

/**
 * When bytes last moved on a connection. Belongs to its event loop. Times are those of {@link
 * System#nanoTime}.
 */
final class Patience {
  private final Channel channel;
  private long lastMove = System.nanoTime();
  private long unsent;
  private long progress;

  Patience(Channel channel) {
    this.channel = channel;
  }

  /** Bytes came, or the connection began to wait for something else. */
  void restart() {
    lastMove = System.nanoTime();
  }

  /** When bytes last moved; looks whether some left since it was asked before. */
  long lastMove() {
    var outbound = channel.unsafe().outboundBuffer();
    long unsentNow = outbound == null ? 0 : outbound.totalPendingWriteBytes();
    long progressNow = outbound == null ? 0 : outbound.currentProgress();
    if (unsentNow != unsent || progressNow != progress) {
      unsent = unsentNow;
      progress = progressNow;
      restart();
    }
    return lastMove;
  }

  /** Whether bytes wait for the client to read. */
  boolean hasUnsent() {
    var outbound = channel.unsafe().outboundBuffer();
    return outbound != null && outbound.totalPendingWriteBytes() > 0;
  }
}
