package io.coffer.api;

import io.coffer.api.transport.Exchange;
import io.coffer.model.Headers;
import io.coffer.model.Origin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where requests come from. Of {@code X-Forwarded-For} the last address that is not
 * itself a trusted proxy's counts: whatever stands before it anybody can have written. Immutable.
 */
final class Origins {
  /** More proxies than that in a row are nobody's. */
  private static final int MAX_HOPS = 32;

  /** Only literals: a name would be looked up. With a port, as some proxies write it. */
  private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?");

  private static final Pattern IPV6 =
      Pattern.compile("\\[?([0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?:\\](?::\\d{1,5})?)?");

  private final Predicate<InetAddress> trusted;

  /**
   * @param trusted proxies
   */
  Origins(Predicate<InetAddress> trusted) {
    this.trusted = trusted;
  }

  Origin of(Exchange exchange) {
    var peer = exchange.remote().getAddress();
    if (peer == null) {
      peer = InetAddress.getLoopbackAddress();
      return new Origin(peer, exchange.secure(), exchange.tlsVersion());
    }
    var headers = exchange.head().headers();
    if (!trusted.test(peer)) {
      return new Origin(peer, exchange.secure(), exchange.tlsVersion());
    }
    var proto = scheme(headers);
    var source = source(peer, headers);
    return proto == null
        ? new Origin(source, exchange.secure(), exchange.tlsVersion())
        : new Origin(source, proto.equals("https"), null);
  }

  private InetAddress source(InetAddress peer, Headers headers) {
    var hops = hops(headers.all("X-Forwarded-For"));
    var source = peer;
    for (int i = hops.size() - 1; i >= 0 && trusted.test(source); i--) {
      var hop = address(hops.get(i));
      if (hop == null) {
        return source;
      }
      source = hop;
    }
    return source;
  }

  private static List<String> hops(List<String> fields) {
    var hops = new ArrayList<String>();
    for (var field : fields) {
      for (var hop : field.split(",", -1)) {
        hops.add(hop.strip());
      }
    }
    return hops.size() <= MAX_HOPS ? hops : hops.subList(hops.size() - MAX_HOPS, hops.size());
  }

  private static @Nullable InetAddress address(String text) {
    var four = IPV4.matcher(text);
    var six = IPV6.matcher(text);
    try {
      return four.matches()
          ? InetAddress.getByName(four.group(1))
          : six.matches() ? InetAddress.getByName(six.group(1)) : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** The last of the schemes: what the proxy next to us wrote; null if it wrote none. */
  private static @Nullable String scheme(Headers headers) {
    var fields = headers.all("X-Forwarded-Proto");
    if (fields.isEmpty()) {
      return null;
    }
    var last = fields.getLast();
    var scheme = last.substring(last.lastIndexOf(',') + 1).strip().toLowerCase(Locale.ROOT);
    return scheme.equals("https") || scheme.equals("http") ? scheme : null;
  }
}
