package io.coffer.api.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what a connection is encrypted with, by the first message of its client: the server's
 * certificate, or what a certificate authority wants to see (RFC 8737 §3). Runs on the event loop.
 */
final class TlsChoice extends SniHandler {
  /** Those of browsers have about 2 KiB, with keys that resist quantum computers. */
  private static final int MAX_CLIENT_HELLO = 16 * 1024;

  private final TlsChallenges challenges;
  private boolean fromAuthority;
  private @Nullable SslContext proof;

  TlsChoice(Certificates certificates) {
    // No deadline of its own: the connection has one for all of the handshake.
    super(byName(certificates), MAX_CLIENT_HELLO, 0);
    this.challenges = certificates.challenges();
  }

  private static Mapping<String, SslContext> byName(Certificates certificates) {
    return certificates::select;
  }

  @Override
  protected Future<SslContext> lookup(ChannelHandlerContext context, @Nullable ByteBuf hello)
      throws Exception {
    fromAuthority =
        hello != null && challenges.any() && ClientHello.offersOnly(TlsChallenges.PROTOCOL, hello);
    return super.lookup(context, hello);
  }

  @Override
  protected Future<SslContext> lookup(ChannelHandlerContext context, @Nullable String host)
      throws Exception {
    proof = fromAuthority ? challenges.find(host) : null;
    return proof == null
        ? super.lookup(context, host)
        : context.executor().newSucceededFuture(proof);
  }

  @Override
  protected void replaceHandler(
      ChannelHandlerContext context, @Nullable String host, SslContext chosen) throws Exception {
    super.replaceHandler(context, host, chosen);
    var tls = context.pipeline().get(SslHandler.class);
    if (proof != null && tls != null) {
      // Nothing may follow the handshake of a proof.
      tls.handshakeFuture().addListener(done -> context.channel().close());
    }
  }
}
