package io.coffer.api.transport;

import io.netty.channel.Channel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long the client of a connection may still take, and the alarm that rings when that is over.
 * Belongs to the connection's event loop. One timer per connection looks at the clocks now and
 * then, so that bytes that move cost no more than a look at the time.
 */
final class Deadlines {
  private final Channel channel;
  private final Runnable onLook;
  private final long handshakeNanos;
  private final long headNanos;
  private final long idleNanos;
  private final long lingerNanos;

  private ConnectionPhase phase = ConnectionPhase.AWAITING;
  private long phaseSince = System.nanoTime();
  private long lastMove = phaseSince;
  private boolean inHead;
  private long headSince;
  private long unsent;
  private long progress;
  private @Nullable Future<?> timer;

  /**
   * @param onLook is run when it is time to ask {@link #nanosLeft}
   */
  Deadlines(Channel channel, TransportSettings settings, Runnable onLook) {
    this.channel = channel;
    this.onLook = onLook;
    var tls = settings.tls();
    this.handshakeNanos = tls == null ? 0 : tls.handshakeTimeout().toNanos();
    this.headNanos = settings.headTimeout().toNanos();
    this.idleNanos = settings.idleTimeout().toNanos();
    this.lingerNanos = settings.lingerTimeout().toNanos();
  }

  void enter(ConnectionPhase next) {
    phase = next;
    phaseSince = System.nanoTime();
    lastMove = phaseSince;
    inHead = false;
    boolean lingers = next == ConnectionPhase.DRAINING || next == ConnectionPhase.LINGERING;
    if (lingers) {
      lookAfter(lingerNanos);
    } else if (next == ConnectionPhase.HANDSHAKE) {
      lookAfter(handshakeNanos);
    }
  }

  /** Bytes came. */
  void received() {
    lastMove = System.nanoTime();
  }

  /** The first bytes of a head came. */
  void headBegan() {
    if (!inHead) {
      inHead = true;
      headSince = System.nanoTime();
    }
  }

  /** Whether a head was begun in this phase. */
  boolean inHead() {
    return inHead;
  }

  /** Sets the alarm; it is not later than any deadline that may come up meanwhile. */
  void lookAfter(long nanos) {
    stop();
    long delay = Math.min(nanos, Math.min(headNanos, idleNanos));
    timer = channel.eventLoop().schedule(onLook, delay, TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /**
   * What is left for the client to do its part; not positive if it is too late.
   *
   * @param waitingSince since when a request waits for bytes of its body, or 0
   */
  long nanosLeft(long waitingSince) {
    noticeProgress();
    long now = System.nanoTime();
    return switch (phase) {
      case HANDSHAKE -> phaseSince + handshakeNanos - now;
      case AWAITING -> inHead ? headSince + headNanos - now : lastMove + idleNanos - now;
      case SERVING -> {
        if (waitingSince != 0) {
          yield Math.max(lastMove, waitingSince) + idleNanos - now;
        }
        yield unsent > 0 ? lastMove + idleNanos - now : idleNanos;
      }
      case BLOCKED, CLOSING -> lastMove + idleNanos - now;
      case DRAINING, LINGERING -> phaseSince + lingerNanos - now;
    };
  }

  /** Looks whether bytes left since it looked before. */
  private void noticeProgress() {
    var outbound = channel.unsafe().outboundBuffer();
    // Spans of files count as messages: of their bytes the buffer knows nothing.
    long unsentNow = outbound == null ? 0 : outbound.totalPendingWriteBytes() + outbound.size();
    long progressNow = outbound == null ? 0 : outbound.currentProgress();
    if (unsentNow != unsent || progressNow != progress) {
      unsent = unsentNow;
      progress = progressNow;
      lastMove = System.nanoTime();
    }
  }
}
