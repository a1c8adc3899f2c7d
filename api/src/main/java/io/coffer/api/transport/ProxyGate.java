package io.coffer.api.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Takes the PROXY header of a connection from a trusted proxy, and then goes out of the way. A
 * connection without one is closed: whoever is to send it and does not is not what it should be.
 * Runs on the event loop.
 */
final class ProxyGate extends ByteToMessageDecoder {
  private final Client client;

  ProxyGate(Client client) {
    this.client = client;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
    ProxyHeader header;
    try {
      header = ProxyHeader.read(bytes);
    } catch (IllegalArgumentException e) {
      bytes.skipBytes(bytes.readableBytes());
      client.close();
      return;
    }
    if (header != null) {
      bytes.skipBytes(header.length());
      if (header.source() != null) {
        client.cameFrom(header.source());
      }
      context.pipeline().remove(this);
    }
  }
}
