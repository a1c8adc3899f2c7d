package io.coffer.api.transport;

import io.coffer.model.FileSpan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The other end of a connection, as threads of requests see it. Thread-safe. */
final class Client implements RequestBody.Source {
  private final Channel channel;
  private final WriteGate writeGate;
  private volatile InetSocketAddress address;
  private volatile @Nullable String tlsVersion;

  Client(Channel channel) {
    this.channel = channel;
    this.writeGate = new WriteGate(channel);
    // Null if the client has gone already; the connection will not live long then.
    this.address =
        Objects.requireNonNullElseGet(
            (@Nullable InetSocketAddress) channel.remoteAddress(), () -> new InetSocketAddress(0));
  }

  /** What a trusted proxy said. */
  void cameFrom(InetSocketAddress source) {
    address = source;
  }

  InetSocketAddress address() {
    return address;
  }

  /** As the JDK calls it, such as {@code TLSv1.3}; null for a connection in the clear. */
  @Nullable String tlsVersion() {
    return tlsVersion;
  }

  /** The handshake has ended. */
  void secured(String version) {
    tlsVersion = version;
  }

  boolean connected() {
    return channel.isActive();
  }

  /** A direct buffer of the pool. */
  ByteBuf buffer(int capacity) {
    return channel.alloc().directBuffer(capacity);
  }

  /** Sends part of an answer; takes over the buffer. */
  void write(ByteBuf part) {
    var unused = channel.writeAndFlush(part, channel.voidPromise());
  }

  /**
   * Sends part of an answer, which it takes over, and a span of a file; returns when both are sent.
   *
   * @param then is run by the event loop when they are
   * @throws IOException the connection was closed before that
   */
  void send(@Nullable ByteBuf part, FileSpan span, Runnable then) throws IOException {
    var sent = new Sent(then);
    try {
      channel
          .eventLoop()
          .execute(
              () -> {
                if (part != null) {
                  channel.write(part, channel.voidPromise());
                }
                channel.writeAndFlush(new Region(span)).addListener(sent);
              });
    } catch (RejectedExecutionException e) {
      if (part != null) {
        part.release();
      }
      throw new IOException("The server was closed.", e);
    }
    sent.await();
  }

  /** Waits while the client is slow to read. */
  void awaitRoom() throws IOException {
    writeGate.await();
  }

  /** To be called when writability or activity of the channel has changed. */
  void roomChanged() {
    writeGate.changed();
  }

  /**
   * Closes so that the client cannot take what it got for a whole answer: a reset, since a plain
   * close ends the body of an answer to HTTP/1.0.
   */
  void abort() {
    try {
      channel.eventLoop().execute(this::reset);
    } catch (RejectedExecutionException e) {
      // The server was closed, and all its connections with it.
      return;
    }
  }

  private void reset() {
    if (channel.isActive()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      // From the first handler on: TLS must not say goodbye, or it would look like an end.
      var unused = channel.pipeline().firstContext().close();
    }
  }

  /** Closes now, whatever is unsent. */
  void close() {
    var unused = channel.close();
  }

  @Override
  public void readMore() {
    channel.read();
  }

  @Override
  public void sendContinue() {
    write(Unpooled.wrappedBuffer(ResponseHead.continueHead()));
    channel.read();
  }
}
