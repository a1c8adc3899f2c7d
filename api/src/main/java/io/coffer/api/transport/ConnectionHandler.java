package io.coffer.api.transport;

import static io.coffer.model.S3Error.BAD_REQUEST;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection: takes requests from the decoder one after the other, hands each to a thread of
 * its own, and decides when to read, when to give up and how to close. Its state belongs to the
 * event loop; what threads of requests call is marked.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter implements RequestBody.Source {
  private static final System.Logger LOG = System.getLogger("io.coffer.api.transport");

  private enum Phase {
    /** Waits for a head. */
    AWAITING,
    /** A thread handles a request. */
    SERVING,
    /** The answer is out; what is left of the request's body is drained. */
    DRAINING,
    /** The answers are out but the client does not read them; no request is taken meanwhile. */
    BLOCKED,
    /** The last answer is on its way; what still comes is dropped. */
    CLOSING,
    /** The last answer is out and our side closed; the client gets time to read it. */
    LINGERING
  }

  private final Channel channel;
  private final RequestDecoder decoder;
  private final TransportSettings settings;
  private final Connections connections;
  private final ExchangeHandler handler;
  private final RefusalRenderer renderer;
  private final ThreadFactory threads;
  private final HeadChecks checks;
  private final WriteGate writeGate;
  private final Patience patience;
  private final InetSocketAddress remote;

  private Phase phase = Phase.AWAITING;
  private long phaseSince = System.nanoTime();
  private long headSince;
  private int drained;
  private boolean inputEnded;
  private @Nullable RequestBody body;
  private @Nullable Future<?> alarm;

  ConnectionHandler(
      Channel channel,
      RequestDecoder decoder,
      TransportSettings settings,
      Connections connections,
      ExchangeHandler handler,
      RefusalRenderer renderer,
      ThreadFactory threads) {
    this.channel = channel;
    this.decoder = decoder;
    this.settings = settings;
    this.connections = connections;
    this.handler = handler;
    this.renderer = renderer;
    this.threads = threads;
    this.checks = new HeadChecks(settings.maxHeadBytes());
    this.writeGate = new WriteGate(channel);
    this.patience = new Patience(channel);
    // Null if the client has gone already; the connection will not live long then.
    this.remote =
        Objects.requireNonNullElseGet(
            (@Nullable InetSocketAddress) channel.remoteAddress(), () -> new InetSocketAddress(0));
  }

  // ---- What threads of requests use.

  InetSocketAddress remote() {
    return remote;
  }

  WriteGate writeGate() {
    return writeGate;
  }

  boolean open() {
    return channel.isActive();
  }

  boolean draining() {
    return connections.draining();
  }

  /** A direct buffer of the pool. */
  ByteBuf buffer(int capacity) {
    return channel.alloc().directBuffer(capacity);
  }

  /** Sends part of an answer; takes over the buffer. */
  void write(ByteBuf part) {
    channel.writeAndFlush(part, channel.voidPromise());
  }

  /** Sends the end of an answer, and goes on or closes; takes over the buffer. */
  void answer(@Nullable ByteBuf last, boolean close) throws IOException {
    var end = last == null ? Unpooled.EMPTY_BUFFER : last;
    if (!open()) {
      end.release();
      throw new IOException("The connection to the client was closed.");
    }
    try {
      channel.eventLoop().execute(() -> answered(end, close));
    } catch (RejectedExecutionException e) {
      end.release();
      throw new IOException("The server was closed.", e);
    }
  }

  /** Closes so that the client cannot take what it got for a whole answer. */
  void abort() {
    try {
      channel.eventLoop().execute(this::reset);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "The server was closed", e);
    }
  }

  private void reset() {
    if (channel.isActive()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }

  /** The thread of a request has ended; without an answer there is no way to go on. */
  void exchangeLeft(boolean answered) {
    if (!answered) {
      connections.requestEnded();
      channel.close();
    }
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

  // ---- What comes in.

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connections.opened(channel);
    watch(0);
    channel.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (message) {
      case Refusal refusal when phase == Phase.AWAITING -> refuse(refusal, false);
      case HttpRequest request when phase == Phase.AWAITING -> begin(request);
      case HttpContent content when phase == Phase.SERVING -> take(content);
      case HttpContent content when phase == Phase.DRAINING -> drain(content);
      default -> ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest request) {
    AcceptedHead accepted;
    try {
      accepted = checks.check(request);
    } catch (RefusedException e) {
      refuse(e.refusal(), request.method().name().equals("HEAD"));
      return;
    } finally {
      headSince = 0;
      ReferenceCountUtil.release(request);
    }
    if (!connections.beginRequest()) {
      refuse(Refusal.shuttingDown(), request.method().name().equals("HEAD"));
      return;
    }
    enter(Phase.SERVING);
    var requestBody = new RequestBody(accepted, this);
    body = requestBody;
    threads.newThread(new NettyExchange(this, handler, accepted, requestBody)).start();
  }

  private void take(HttpContent content) {
    var requestBody = body;
    if (requestBody == null) {
      content.release();
    } else if (content.decoderResult().isFailure()) {
      content.release();
      decoder.discard();
      requestBody.fail(BAD_REQUEST.exception("The chunks of the request's body are malformed."));
    } else {
      requestBody.offer(content.content());
      if (content instanceof LastHttpContent last) {
        requestBody.end(HeaderText.readTrailers(last.trailingHeaders()));
      }
    }
  }

  private void drain(HttpContent content) {
    drained += content.content().readableBytes();
    boolean failed = content.decoderResult().isFailure();
    content.release();
    if (failed || drained > ResponseWriter.MAX_DRAINED) {
      closeAfter(channel.writeAndFlush(Unpooled.EMPTY_BUFFER));
    } else if (content instanceof LastHttpContent) {
      // Later, since the decoder is still at work here.
      channel.eventLoop().execute(() -> nextRequestAfter(Phase.DRAINING));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (phase != Phase.CLOSING) {
      patience.restart();
    }
    if (phase == Phase.AWAITING && headSince == 0 && decoder.insideHead()) {
      headSince = System.nanoTime();
    }
    readOn();
  }

  private void readOn() {
    boolean wanted =
        switch (phase) {
          case AWAITING, DRAINING, CLOSING, LINGERING -> true;
          case SERVING -> body != null && body.wantsMore();
          case BLOCKED -> false;
        };
    if (wanted) {
      channel.read();
    }
  }

  // ---- What goes out.

  private void answered(ByteBuf end, boolean close) {
    var sent = channel.writeAndFlush(end);
    sent.addListener(done -> connections.requestEnded());
    var requestBody = body;
    body = null;
    boolean complete = requestBody == null || requestBody.leftover() == 0;
    if (requestBody != null) {
      requestBody.drop();
    }
    if (close || decoder.discarding()) {
      closeAfter(sent);
    } else if (complete) {
      nextRequest();
    } else if (inputEnded) {
      sent.addListener(ChannelFutureListener.CLOSE);
    } else {
      drained = 0;
      enter(Phase.DRAINING);
      watch(settings.lingerTimeout().toNanos());
      readOn();
    }
  }

  private void nextRequestAfter(Phase expected) {
    if (phase == expected) {
      nextRequest();
    }
  }

  private void nextRequest() {
    if (!channel.isActive()) {
      return;
    }
    if (!channel.isWritable()) {
      enter(Phase.BLOCKED);
      return;
    }
    enter(Phase.AWAITING);
    try {
      decoder.resume(channel.pipeline().context(decoder));
    } catch (Exception e) {
      channel.pipeline().fireExceptionCaught(e);
      return;
    }
    if (phase == Phase.AWAITING && inputEnded) {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    if (phase == Phase.AWAITING && decoder.insideHead()) {
      headSince = System.nanoTime();
    }
    if (phase == Phase.SERVING && inputEnded && body != null) {
      body.lose("The client closed its side before the end of the body.", null);
    }
    readOn();
  }

  private void refuse(Refusal refusal, boolean headOnly) {
    decoder.discard();
    var rendered = renderer.render(refusal);
    var content = rendered.content();
    var head =
        ResponseHead.encode(
            refusal.status(), rendered.headers(), "Content-Length: " + content.length, "close");
    var answer = buffer(head.length + content.length).writeBytes(head);
    closeAfter(channel.writeAndFlush(headOnly ? answer : answer.writeBytes(content)));
  }

  private void closeAfter(ChannelFuture sent) {
    decoder.discard();
    enter(Phase.CLOSING);
    sent.addListener(done -> closeGently());
    readOn();
  }

  /**
   * Ends the output and takes what still comes for a while: a socket that closes with unread input
   * resets the connection, and the client might lose the answer (RFC 9112 §9.6).
   */
  private void closeGently() {
    if (!channel.isActive()) {
      return;
    }
    if (inputEnded) {
      channel.close();
      return;
    }
    enter(Phase.LINGERING);
    ((DuplexChannel) channel).shutdownOutput();
    watch(settings.lingerTimeout().toNanos());
    readOn();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    writeGate.changed();
    if (phase == Phase.BLOCKED && channel.isWritable()) {
      channel.eventLoop().execute(() -> nextRequestAfter(Phase.BLOCKED));
    }
  }

  // ---- How it ends.

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof ChannelInputShutdownEvent)) {
      context.fireUserEventTriggered(event);
      return;
    }
    inputEnded = true;
    switch (phase) {
      case SERVING -> {
        if (body != null) {
          body.lose("The client closed its side before the end of the body.", null);
        }
      }
      case AWAITING, DRAINING ->
          channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      case LINGERING -> channel.close();
      case BLOCKED, CLOSING -> {}
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var level =
        cause instanceof IOException ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
    LOG.log(level, "A connection failed", cause);
    if (body != null) {
      body.lose("The connection to the client failed.", cause);
    }
    channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (alarm != null) {
      alarm.cancel(false);
    }
    connections.closed(channel);
    if (body != null) {
      body.lose("The client closed the connection.", null);
    }
    writeGate.changed();
  }

  private void enter(Phase next) {
    phase = next;
    phaseSince = System.nanoTime();
    patience.restart();
  }

  /** Looks at the clocks after some time at the latest. */
  private void watch(long nanos) {
    if (alarm != null) {
      alarm.cancel(false);
    }
    long often = Math.min(settings.headTimeout().toNanos(), settings.idleTimeout().toNanos());
    long delay = nanos <= 0 ? often : Math.min(nanos, often);
    alarm = channel.eventLoop().schedule(this::look, delay, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long left = nanosLeft();
    if (left > 0) {
      watch(left);
      return;
    }
    switch (phase) {
      case AWAITING -> {
        if (headSince == 0) {
          channel.close();
        } else {
          refuse(Refusal.headTimeout(), false);
        }
      }
      case SERVING -> {
        if (body != null) {
          body.lose("The client was idle for " + settings.idleTimeout() + ".", null);
        }
        channel.close();
      }
      case DRAINING -> closeAfter(channel.writeAndFlush(Unpooled.EMPTY_BUFFER));
      case BLOCKED, CLOSING, LINGERING -> channel.close();
    }
  }

  /** How long the client may still take for what the connection waits for. */
  private long nanosLeft() {
    long now = System.nanoTime();
    long moved = patience.lastMove();
    long idle = settings.idleTimeout().toNanos();
    return switch (phase) {
      case AWAITING ->
          headSince == 0 ? moved + idle - now : headSince + settings.headTimeout().toNanos() - now;
      case SERVING -> {
        long waiting = body == null ? 0 : body.waitingSince();
        if (waiting != 0) {
          yield Math.max(moved, waiting) + idle - now;
        }
        yield patience.hasUnsent() ? moved + idle - now : idle;
      }
      case BLOCKED, CLOSING -> moved + idle - now;
      case DRAINING, LINGERING -> phaseSince + settings.lingerTimeout().toNanos() - now;
    };
  }
}
