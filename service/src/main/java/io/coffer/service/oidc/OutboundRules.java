package io.coffer.service.oidc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which addresses the server may be made to ask. Those of providers are given by administrators of
 * accounts, who need not be those of the machine: so it is HTTPS, where a name that leads into this
 * network has to show a certificate, and never an address under which clouds tell secrets.
 *
 * @param allowHttp whether a provider on this machine may be asked in the clear
 */
public record OutboundRules(boolean allowHttp) {
  private static final Pattern LOOPBACK =
      Pattern.compile("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

  /** Where clouds tell machines their secrets, besides link-local addresses. */
  private static final Set<String> METADATA =
      Set.of("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254");

  /**
   * Checks an address.
   *
   * @throws IOException it may not be asked, or its host is not known
   */
  void check(URI address) throws IOException {
    var host = address.getHost();
    if (host == null || host.isEmpty() || address.getRawUserInfo() != null) {
      throw refused(address, "it has no host, or a user");
    }
    var addresses = InetAddress.getAllByName(host);
    for (var one : addresses) {
      if (isForbidden(one)) {
        throw refused(address, "it leads to " + one.getHostAddress());
      }
    }
    var scheme = address.getScheme();
    boolean isHere = isLoopbackName(host) && addresses[0].isLoopbackAddress();
    if (!"https".equalsIgnoreCase(scheme)
        && !("http".equalsIgnoreCase(scheme) && allowHttp && isHere)) {
      throw refused(address, "it must be https");
    }
  }

  /** By a name that nobody but this machine says what it means. */
  private static boolean isLoopbackName(String host) {
    return host.equalsIgnoreCase("localhost")
        || LOOPBACK.matcher(host).matches()
        || host.equals("[::1]");
  }

  private static boolean isForbidden(InetAddress address) {
    return address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress());
  }

  private static IOException refused(URI address, String reason) {
    return new IOException(address + " is not asked: " + reason);
  }
}
