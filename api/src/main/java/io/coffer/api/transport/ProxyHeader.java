package io.coffer.api.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says about its client before the connection's own bytes: the binary header of the
 * PROXY protocol, version 2 (HAProxy, "The PROXY protocol", §2.2).
 *
 * @param source of the client; null when the proxy speaks for itself (its checks of health), or the
 *     client came by no network
 * @param length of the whole header in bytes
 */
record ProxyHeader(@Nullable InetSocketAddress source, int length) {
  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };
  private static final int FIXED_BYTES = 16;

  /** Room for addresses of a local socket, and for what proxies add; none sends more. */
  static final int MAX_BYTES = 2_048;

  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int INET = 1;
  private static final int INET6 = 2;

  /**
   * Reads one; nothing is consumed.
   *
   * @return null while bytes are missing
   * @throws IllegalArgumentException it is none
   */
  static @Nullable ProxyHeader read(ByteBuf bytes) {
    int start = bytes.readerIndex();
    int there = bytes.readableBytes();
    for (int i = 0; i < Math.min(there, SIGNATURE.length); i++) {
      if (bytes.getByte(start + i) != SIGNATURE[i]) {
        throw new IllegalArgumentException("not the signature of PROXY version 2");
      }
    }
    if (there < FIXED_BYTES) {
      return null;
    }
    int command = bytes.getUnsignedByte(start + 12);
    int family = bytes.getUnsignedByte(start + 13) >> 4;
    int length = FIXED_BYTES + bytes.getUnsignedShort(start + 14);
    if (length > MAX_BYTES || (command != LOCAL && command != PROXY)) {
      throw new IllegalArgumentException("a PROXY header of another version, or too long");
    }
    if (there < length) {
      return null;
    }
    if (command == LOCAL || (family != INET && family != INET6)) {
      return new ProxyHeader(null, length);
    }
    int address = family == INET ? 4 : 16;
    if (length < FIXED_BYTES + 2 * address + 4) {
      throw new IllegalArgumentException("a PROXY header without all of its addresses");
    }
    var source = new byte[address];
    bytes.getBytes(start + FIXED_BYTES, source);
    int port = bytes.getUnsignedShort(start + FIXED_BYTES + 2 * address);
    try {
      return new ProxyHeader(new InetSocketAddress(InetAddress.getByAddress(source), port), length);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of another length", e);
    }
  }
}
