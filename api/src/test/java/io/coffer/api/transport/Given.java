package io.coffer.api.transport;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A server on a free port with short patience, and what its handlers often do. */
final class Given implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMillis(500);

  /** Not pooled, so that its metric is exactly what is in use. */
  final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

  final HttpServer server;

  private Given(TransportSettings settings, Transport transport, ExchangeHandler handler)
      throws IOException {
    this(settings, transport, TlsContexts.provider(), handler);
  }

  private Given(
      TransportSettings settings,
      Transport transport,
      SslProvider provider,
      ExchangeHandler handler)
      throws IOException {
    server =
        HttpServer.start(
            settings, handler, RefusalRenderer.plain(), transport, provider, allocator);
  }

  static Given server(ExchangeHandler handler) throws IOException {
    return server(settings(Duration.ofSeconds(20)), handler);
  }

  static Given impatientServer(ExchangeHandler handler) throws IOException {
    return server(settings(PATIENCE), handler);
  }

  static Given server(TransportSettings settings, ExchangeHandler handler) throws IOException {
    return new Given(settings, Transport.available(), handler);
  }

  static Given server(Transport transport, ExchangeHandler handler) throws IOException {
    return new Given(settings(Duration.ofSeconds(20)), transport, handler);
  }

  static Given server(SslProvider provider, TransportSettings settings, ExchangeHandler handler)
      throws IOException {
    return new Given(settings, Transport.available(), provider, handler);
  }

  static TransportSettings settings(Duration patience) {
    return settings(patience, 10_000);
  }

  static TransportSettings settings(Duration patience, int maxConnections) {
    return new TransportSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        32 * 1024,
        patience,
        patience,
        patience,
        maxConnections,
        2,
        null,
        peer -> false);
  }

  RawClient client() throws IOException {
    return new RawClient(server.address());
  }

  /** Direct bytes that are in use. */
  long usedBytes() {
    return allocator.metric().usedDirectMemory();
  }

  @Override
  public void close() {
    server.close();
  }

  /** Answers 200 with a line that says what the request was, after reading its body. */
  static void describe(Exchange exchange) throws IOException {
    var body = read(exchange.body());
    var head = exchange.head();
    var text = head.method() + " " + head.path() + " " + head.query() + " " + body.length;
    respond(exchange, 200, text);
  }

  static void respond(Exchange exchange, int status, String text) throws IOException {
    exchange.respond(status, Headers.empty(), Body.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] read(Body body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var view = body.next(); view != null; view = body.next()) {
      var part = new byte[view.remaining()];
      view.get(part);
      bytes.write(part);
    }
    return bytes.toByteArray();
  }

  /** Returns when it holds; fails after a minute, for a machine with other work. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      if (i == 12_000) {
        throw new AssertionError("it did not come true within a minute");
      }
      Thread.sleep(5);
    }
  }

  /** A body of so many bytes in views of at most 32 KiB; each byte is its position modulo 251. */
  static final class Pattern implements Body {
    private final long length;
    private final boolean known;
    private long position;
    volatile boolean closed;

    Pattern(long length, boolean known) {
      this.length = length;
      this.known = known;
    }

    static byte at(long position) {
      return (byte) (position % 251);
    }

    long position() {
      return position;
    }

    @Override
    public long length() {
      return known ? length : -1;
    }

    @Override
    public @org.jspecify.annotations.Nullable ByteBuffer next() {
      if (position == length) {
        return null;
      }
      var view = new byte[(int) Math.min(32 * 1024, length - position)];
      for (int i = 0; i < view.length; i++) {
        view[i] = at(position + i);
      }
      position += view.length;
      return ByteBuffer.wrap(view);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
