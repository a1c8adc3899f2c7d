package io.coffer.api.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the first message of a TLS client says (RFC 8446 §4.1.2), as far as it is asked for. */
final class ClientHello {
  private static final int VERSION_AND_RANDOM = 2 + 32;

  /** The type of the extension (RFC 7301 §3.1). */
  private static final int ALPN = 16;

  private ClientHello() {}

  /**
   * Whether a protocol is the only one that the client offers by ALPN. False for what is damaged.
   *
   * @param hello without the headers of record and handshake; not changed
   */
  static boolean offersOnly(String protocol, ByteBuf hello) {
    try {
      var protocols = protocols(hello.slice());
      if (protocols == null) {
        return false;
      }
      var list = protocols.readSlice(protocols.readUnsignedShort());
      var name = list.readSlice(list.readUnsignedByte());
      return !list.isReadable() && name.toString(StandardCharsets.US_ASCII).equals(protocol);
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  private static @Nullable ByteBuf protocols(ByteBuf hello) {
    hello.skipBytes(VERSION_AND_RANDOM);
    hello.skipBytes(hello.readUnsignedByte()); // session id
    hello.skipBytes(hello.readUnsignedShort()); // cipher suites
    hello.skipBytes(hello.readUnsignedByte()); // compression methods
    if (!hello.isReadable()) {
      return null;
    }
    var extensions = hello.readSlice(hello.readUnsignedShort());
    while (extensions.isReadable()) {
      int type = extensions.readUnsignedShort();
      var content = extensions.readSlice(extensions.readUnsignedShort());
      if (type == ALPN) {
        return content;
      }
    }
    return null;
  }
}
