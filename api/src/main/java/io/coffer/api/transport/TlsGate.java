package io.coffer.api.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Looks at the first byte of a connection: a client that begins TLS is encrypted, one that sends
 * HTTP is told so in HTTP. Runs on the event loop.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {
  /** The content type of a record with a handshake message (RFC 8446 §5.1). */
  private static final int HANDSHAKE = 22;

  private final Certificates certificates;
  private final ConnectionHandler connection;

  TlsGate(Certificates certificates, ConnectionHandler connection) {
    this.certificates = certificates;
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes && bytes.isReadable()) {
      if (bytes.getUnsignedByte(bytes.readerIndex()) == HANDSHAKE) {
        context.pipeline().addAfter(context.name(), null, new TlsChoice(certificates));
      } else {
        connection.plain();
      }
      context.fireChannelRead(message);
      context.pipeline().remove(this);
    } else {
      context.fireChannelRead(message);
    }
  }
}
