package io.coffer.api.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 server whose handlers block on virtual threads. Thread-safe. */
public final class HttpServer implements AutoCloseable {
  /** An answer waits when this much of it is unsent. */
  private static final WriteBufferWaterMark UNSENT =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final TransportSettings settings;
  private final ExchangeHandler handler;
  private final RefusalRenderer renderer;
  private final Connections connections;
  private final EventLoopGroup loops;
  private final ThreadFactory threads = Thread.ofVirtual().name("request-", 0).factory();
  private final @Nullable Certificates certificates;
  private final Channel listener;

  private HttpServer(
      TransportSettings settings,
      ExchangeHandler handler,
      RefusalRenderer renderer,
      Transport transport,
      SslProvider provider,
      ByteBufAllocator allocator)
      throws IOException {
    this.settings = settings;
    this.handler = handler;
    this.renderer = renderer;
    this.connections = new Connections(settings.maxConnections());
    var tls = settings.tls();
    this.certificates = tls == null ? null : new Certificates(tls, provider);
    this.loops =
        new MultiThreadIoEventLoopGroup(
            settings.eventLoops(), new DefaultThreadFactory("http"), transport.ioHandlers());
    try {
      this.listener = bind(transport, allocator);
    } catch (IOException | RuntimeException e) {
      closeCertificates();
      shutDownLoops();
      throw e;
    }
    connections.listenWith(listener);
  }

  /**
   * Listens, and answers what is not HTTP in plain text.
   *
   * @throws BindException if the address cannot be had, with a sentence that says so
   * @throws CertificateException if a certificate cannot be used, likewise
   */
  public static HttpServer start(TransportSettings settings, ExchangeHandler handler)
      throws IOException {
    return start(settings, handler, RefusalRenderer.plain());
  }

  /**
   * Listens.
   *
   * @param renderer of the answers to requests that never reach the handler
   * @throws BindException if the address cannot be had, with a sentence that says so
   * @throws CertificateException if a certificate cannot be used, likewise
   */
  public static HttpServer start(
      TransportSettings settings, ExchangeHandler handler, RefusalRenderer renderer)
      throws IOException {
    return start(
        settings,
        handler,
        renderer,
        Transport.available(),
        // Looking for a native one costs a start that needs none.
        settings.tls() == null ? SslProvider.JDK : TlsContexts.provider(),
        pool(settings.eventLoops()));
  }

  static HttpServer start(
      TransportSettings settings,
      ExchangeHandler handler,
      RefusalRenderer renderer,
      Transport transport,
      SslProvider provider,
      ByteBufAllocator allocator)
      throws IOException {
    return new HttpServer(settings, handler, renderer, transport, provider, allocator);
  }

  /** Direct buffers, one arena per loop, in chunks of 1 MiB, so that little is held for nothing. */
  private static ByteBufAllocator pool(int arenas) {
    int smallCache = PooledByteBufAllocator.defaultSmallCacheSize();
    int normalCache = PooledByteBufAllocator.defaultNormalCacheSize();
    return new PooledByteBufAllocator(true, 0, arenas, 8192, 7, smallCache, normalCache, false);
  }

  private Channel bind(Transport transport, ByteBufAllocator allocator) throws IOException {
    var bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            // A client that closes its side is gone: Netty's epoll cannot write to it reliably
            // (it forgets the socket, then fails with ENOENT), and no client of S3 does that.
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, false)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                });
    var bound = bootstrap.bind(settings.address()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var failure =
          new BindException(
              "Cannot listen on " + text(settings.address()) + ": " + reason(bound.cause()));
      failure.initCause(bound.cause());
      throw failure;
    }
    return bound.channel();
  }

  private void accept(Channel channel) {
    var decoder = new RequestDecoder(settings.maxHeadBytes(), 4 * RequestBody.CAPACITY);
    var connection =
        new ConnectionHandler(channel, decoder, settings, connections, handler, renderer, threads);
    var client = connection.client();
    if (settings.proxies().test(client.address().getAddress())) {
      channel.pipeline().addLast(new ProxyGate(client));
    }
    if (certificates != null) {
      channel.pipeline().addLast(new TlsGate(certificates, connection));
    }
    channel.pipeline().addLast(decoder).addLast(connection);
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private static String reason(Throwable cause) {
    var message = String.valueOf(cause.getMessage());
    return message.contains("Address already in use") ? "the port is taken." : message + ".";
  }

  /** Where it listens, with the real port. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** When the first of the certificates ends; empty over HTTP. */
  public Optional<Instant> certificateExpiry() {
    return Optional.ofNullable(certificates).map(Certificates::expiry);
  }

  /**
   * Stops accepting connections and lets the requests in flight finish; new ones on open
   * connections are answered with 503. {@link #close} has to follow.
   *
   * @return whether all had ended before the patience did, or before the thread was interrupted
   */
  public boolean drain(Duration patience) {
    listener.close().awaitUninterruptibly();
    try {
      return connections.drain(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends at once: whoever still handles a request gets an IOException. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    connections.closeAll();
    closeCertificates();
    shutDownLoops();
  }

  private void closeCertificates() {
    if (certificates != null) {
      certificates.close();
    }
  }

  private void shutDownLoops() {
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** For tests: how many connections are open. */
  int connections() {
    return connections.count();
  }
}
