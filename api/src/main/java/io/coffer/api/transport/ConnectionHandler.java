package io.coffer.api.transport;

import static io.coffer.model.S3Error.BAD_REQUEST;

import io.coffer.model.FileSpan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection: takes requests from the decoder one after the other, hands each to a thread of
 * its own, and decides when to read, when to give up and how to close. Its state belongs to the
 * event loop; what threads of requests call is marked.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger("io.coffer.api.transport");

  private final Channel channel;
  private final RequestDecoder decoder;
  private final TransportSettings settings;
  private final Connections connections;
  private final ExchangeHandler handler;
  private final RefusalRenderer renderer;
  private final ThreadFactory threads;
  private final HeadChecks checks;
  private final Client client;
  private final Deadlines deadlines;

  private ConnectionPhase phase = ConnectionPhase.AWAITING;
  private int drained;
  private boolean plainOnTls;
  private @Nullable RequestBody body;

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
    this.client = new Client(channel);
    this.deadlines = new Deadlines(channel, settings, this::look);
  }

  // ---- What threads of requests use.

  Client client() {
    return client;
  }

  boolean draining() {
    return connections.draining();
  }

  /** Sends the end of an answer, and goes on or closes; takes over the buffer. */
  void answer(@Nullable ByteBuf last, boolean close) throws IOException {
    var end = last == null ? Unpooled.EMPTY_BUFFER : last;
    if (!client.connected()) {
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

  /** Sends the end of an answer, a span of a file at last; returns when it is sent. */
  void answer(@Nullable ByteBuf last, FileSpan span, boolean close) throws IOException {
    client.send(last, span, () -> answered(Unpooled.EMPTY_BUFFER, close));
  }

  /** The thread of a request has ended; without an answer there is no way to go on. */
  void exchangeLeft(boolean answered) {
    if (!answered) {
      connections.requestEnded();
      client.close();
    }
  }

  // ---- What comes in.

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connections.opened(channel);
    if (settings.tls() != null) {
      enter(ConnectionPhase.HANDSHAKE);
    }
    look();
    channel.read();
  }

  /** The client speaks HTTP in the clear though TLS is wanted; its first request is refused. */
  void plain() {
    plainOnTls = true;
    enter(ConnectionPhase.AWAITING);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent end
        && end.isSuccess()
        && phase == ConnectionPhase.HANDSHAKE) {
      var session = channel.pipeline().get(SslHandler.class).engine().getSession();
      client.secured(session.getProtocol());
      enter(ConnectionPhase.AWAITING);
    } else if (event instanceof SslCloseCompletionEvent && phase == ConnectionPhase.AWAITING) {
      client.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (message) {
      case Refusal refusal when phase == ConnectionPhase.AWAITING -> refuse(refusal, false);
      case HttpRequest request when phase == ConnectionPhase.AWAITING -> begin(request);
      case HttpContent content when phase == ConnectionPhase.SERVING -> take(content);
      case HttpContent content when phase == ConnectionPhase.DRAINING -> drain(content);
      default -> ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest request) {
    AcceptedHead accepted;
    try {
      if (plainOnTls) {
        throw new RefusedException(Refusal.plainHttp());
      }
      accepted = checks.check(request);
    } catch (RefusedException e) {
      refuse(e.refusal(), request.method().name().equals("HEAD"));
      return;
    } finally {
      ReferenceCountUtil.release(request);
    }
    if (!connections.beginRequest()) {
      refuse(Refusal.shuttingDown(), request.method().name().equals("HEAD"));
      return;
    }
    enter(ConnectionPhase.SERVING);
    var requestBody = new RequestBody(accepted, client);
    body = requestBody;
    threads.newThread(new NettyExchange(this, handler, renderer, accepted, requestBody)).start();
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
      channel.eventLoop().execute(() -> nextRequestAfter(ConnectionPhase.DRAINING));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (phase != ConnectionPhase.CLOSING) {
      deadlines.received();
    }
    if (phase == ConnectionPhase.AWAITING && decoder.insideHead()) {
      deadlines.headBegan();
    }
    readOn();
  }

  private void readOn() {
    boolean wanted =
        switch (phase) {
          case HANDSHAKE, AWAITING, DRAINING, CLOSING, LINGERING -> true;
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
    } else {
      drained = 0;
      enter(ConnectionPhase.DRAINING);
      readOn();
    }
  }

  private void nextRequestAfter(ConnectionPhase expected) {
    if (phase == expected) {
      nextRequest();
    }
  }

  private void nextRequest() {
    if (!channel.isActive()) {
      return;
    }
    if (!channel.isWritable()) {
      enter(ConnectionPhase.BLOCKED);
      return;
    }
    enter(ConnectionPhase.AWAITING);
    try {
      decoder.resume(channel.pipeline().context(decoder));
    } catch (Exception e) {
      channel.pipeline().fireExceptionCaught(e);
      return;
    }
    if (phase == ConnectionPhase.AWAITING && decoder.insideHead()) {
      deadlines.headBegan();
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
    var answer = client.buffer(head.length + content.length).writeBytes(head);
    closeAfter(channel.writeAndFlush(headOnly ? answer : answer.writeBytes(content)));
  }

  private void closeAfter(ChannelFuture sent) {
    decoder.discard();
    enter(ConnectionPhase.CLOSING);
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
    enter(ConnectionPhase.LINGERING);
    var tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      var unused = ((DuplexChannel) channel).shutdownOutput();
    } else {
      // The client must see the end that TLS makes, or it takes the answer for cut off.
      tls.closeOutbound().addListener(done -> ((DuplexChannel) channel).shutdownOutput());
    }
    readOn();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    client.roomChanged();
    if (phase == ConnectionPhase.BLOCKED && channel.isWritable()) {
      channel.eventLoop().execute(() -> nextRequestAfter(ConnectionPhase.BLOCKED));
    }
  }

  // ---- How it ends.

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // What a client sends that is not TLS comes wrapped, as a fault of decoding.
    boolean clients = cause instanceof IOException || cause.getCause() instanceof IOException;
    var level = clients ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
    LOG.log(level, "A connection failed", cause);
    if (body != null) {
      body.lose("The connection to the client failed.", cause);
    }
    client.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    deadlines.stop();
    connections.closed(channel);
    if (body != null) {
      body.lose("The client closed the connection.", null);
    }
    client.roomChanged();
  }

  private void enter(ConnectionPhase next) {
    phase = next;
    deadlines.enter(next);
  }

  /** Looks at the clocks. */
  private void look() {
    long left = nanosLeft();
    if (left <= 0) {
      giveUp();
      left = nanosLeft();
    }
    if (channel.isActive()) {
      deadlines.lookAfter(left);
    }
  }

  private long nanosLeft() {
    return deadlines.nanosLeft(body == null ? 0 : body.waitingSince());
  }

  /** The client took too long. */
  private void giveUp() {
    switch (phase) {
      case AWAITING -> {
        if (deadlines.inHead()) {
          refuse(Refusal.headTimeout(), false);
        } else {
          client.close();
        }
      }
      case SERVING -> {
        if (body != null) {
          body.lose("The client was idle for " + settings.idleTimeout() + ".", null);
        }
        client.close();
      }
      case DRAINING -> closeAfter(channel.writeAndFlush(Unpooled.EMPTY_BUFFER));
      case HANDSHAKE, BLOCKED, CLOSING, LINGERING -> client.close();
    }
  }
}
