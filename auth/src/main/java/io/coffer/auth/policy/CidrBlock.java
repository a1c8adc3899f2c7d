package io.coffer.auth.policy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses; one address is a range of one. IPv4 inside IPv6 (::ffff:192.0.2.1) is
 * IPv4. Source: RFC 4632, RFC 4291.
 *
 * @param address 4 or 16 bytes
 * @param prefix how many leading bits count
 */
record CidrBlock(byte[] address, int prefix) {
  private static final int MAPPED_BITS = 96;

  /** The range that a text names; null if it names none. */
  static @Nullable CidrBlock parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = IpText.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int bits = address.length * 8;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits);
    if (prefix < 0) {
      return null;
    }
    return prefix >= MAPPED_BITS && isMapped(address)
        ? new CidrBlock(Arrays.copyOfRange(address, 12, 16), prefix - MAPPED_BITS)
        : new CidrBlock(address, prefix);
  }

  boolean isIpv4() {
    return address.length == 4;
  }

  /** Whether all of another range is in this one. */
  boolean contains(CidrBlock other) {
    if (address.length != other.address.length || other.prefix < prefix) {
      return false;
    }
    int whole = prefix / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != other.address[i]) {
        return false;
      }
    }
    int rest = prefix % 8;
    return rest == 0 || ((address[whole] ^ other.address[whole]) & (0xff << (8 - rest))) == 0;
  }

  private static int prefix(String text, int bits) {
    if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int prefix = Integer.parseInt(text);
    return prefix <= bits ? prefix : -1;
  }

  private static boolean isMapped(byte[] address) {
    if (address.length != 16) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == (byte) 0xff && address[11] == (byte) 0xff;
  }
}
