package io.coffer.auth.policy;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** IP addresses as text; asks no name server, as the JDK would for what is no address. */
final class IpText {
  private static final int GROUPS = 8;

  private IpText() {}

  /** The 4 or 16 bytes of an address; null if the text is none. */
  static byte @Nullable [] parse(String text) {
    return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
  }

  private static byte @Nullable [] ipv4(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    var bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      int value = number(parts[i], 10, 3);
      if (value < 0 || value > 255) {
        return null;
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  private static byte @Nullable [] ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap != text.lastIndexOf("::")) {
      return null;
    }
    int[] head = gap < 0 ? groups(text, true) : groups(text.substring(0, gap), false);
    int[] tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2), true);
    if (head == null || tail == null) {
      return null;
    }
    int count = head.length + tail.length;
    if (gap < 0 ? count != GROUPS : count >= GROUPS) {
      return null;
    }
    var bytes = new byte[16];
    for (int i = 0; i < head.length; i++) {
      put(bytes, i, head[i]);
    }
    for (int i = 0; i < tail.length; i++) {
      put(bytes, GROUPS - tail.length + i, tail[i]);
    }
    return bytes;
  }

  /**
   * The groups of 16 bits between colons.
   *
   * @param end whether the address ends here: then the last may be an IPv4 address
   */
  private static int @Nullable [] groups(String text, boolean end) {
    if (text.isEmpty()) {
      return new int[0];
    }
    var groups = new ArrayList<Integer>();
    var parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      byte[] inner =
          end && i == parts.length - 1 && parts[i].indexOf('.') >= 0 ? ipv4(parts[i]) : null;
      if (inner != null) {
        groups.add((inner[0] & 0xff) << 8 | inner[1] & 0xff);
        groups.add((inner[2] & 0xff) << 8 | inner[3] & 0xff);
        continue;
      }
      int group = number(parts[i], 16, 4);
      if (group < 0) {
        return null;
      }
      groups.add(group);
    }
    return groups.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int number(String text, int radix, int maxLength) {
    if (text.isEmpty() || text.length() > maxLength) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static void put(byte[] bytes, int group, int value) {
    bytes[2 * group] = (byte) (value >> 8);
    bytes[2 * group + 1] = (byte) value;
  }
}
