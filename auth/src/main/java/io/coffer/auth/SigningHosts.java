package io.coffer.auth;

import io.coffer.model.Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names under which clients know this server when a proxy in between rewrites the Host header:
 * a signature covers the name that the client used. Immutable.
 *
 * @param hosts as clients write them, with a port unless it is the scheme's own; at most 16
 */
public record SigningHosts(List<String> hosts) {
  private static final int MAX = 16;

  public SigningHosts {
    hosts = List.copyOf(hosts);
    if (hosts.size() > MAX) {
      throw new IllegalArgumentException("at most " + MAX + " hosts, not " + hosts.size());
    }
  }

  /** No name but what the Host header says. */
  public static SigningHosts none() {
    return new SigningHosts(List.of());
  }

  /**
   * Which hosts the client may have signed, the likeliest first: the Host header as it came, what a
   * trusted proxy says it was, the configured ones.
   */
  Set<String> candidates(Headers headers, boolean trustedPeer) {
    var candidates = new LinkedHashSet<String>();
    var host = headers.first("Host");
    candidates.add(host == null ? "" : host);
    var forwarded = trustedPeer ? headers.first("X-Forwarded-Host") : null;
    if (forwarded != null) {
      // Each proxy on the way appends its own; the first is the client's.
      var first = forwarded.split(",", 2)[0].strip();
      candidates.add(first);
      var port = headers.first("X-Forwarded-Port");
      if (port != null && first.indexOf(':') < 0) {
        candidates.add(first + ":" + port.strip());
      }
    }
    candidates.addAll(hosts);
    return candidates;
  }
}
