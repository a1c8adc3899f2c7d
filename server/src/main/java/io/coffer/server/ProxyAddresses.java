package io.coffer.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The addresses of trusted proxies: single ones and networks, IPv4 and IPv6. Immutable. */
final class ProxyAddresses implements Predicate<InetAddress> {
  private final List<Network> networks;

  private ProxyAddresses(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Reads addresses such as {@code 10.0.0.7}, {@code 10.0.0.0/8} and {@code fd00::/8}.
   *
   * @throws IllegalArgumentException one is neither an address nor a network
   */
  static ProxyAddresses of(List<String> texts) {
    return new ProxyAddresses(texts.stream().map(Network::of).toList());
  }

  @Override
  public boolean test(InetAddress peer) {
    return networks.stream().anyMatch(network -> network.contains(peer.getAddress()));
  }

  /** The first bits of an address. */
  private record Network(byte[] address, int bits) {
    /** Only literals: a name would have to be looked up, and could change. */
    private static final Pattern SHAPE =
        Pattern.compile("(\\d+(?:\\.\\d+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    static Network of(String text) {
      var matcher = SHAPE.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(text);
      }
      try {
        var address = InetAddress.getByName(matcher.group(1)).getAddress();
        int most = address.length * Byte.SIZE;
        int bits = matcher.group(2) == null ? most : Integer.parseInt(matcher.group(2));
        if (bits > most) {
          throw new IllegalArgumentException(text);
        }
        return new Network(address, bits);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      int whole = bits / Byte.SIZE;
      for (int i = 0; i < whole; i++) {
        if (address[i] != other[i]) {
          return false;
        }
      }
      int rest = Byte.SIZE - bits % Byte.SIZE;
      return rest == Byte.SIZE || (address[whole] ^ other[whole]) >> rest == 0;
    }
  }
}
