package io.coffer.server;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server gets its certificate by ACME (RFC 8555). Whoever makes one has agreed to the terms
 * of service of the authority.
 *
 * @param domains DNS names in lower case, 1 to 100, without wildcards
 * @param email where the authority can reach the operator, or null
 * @param directory of the authority, with the scheme https
 * @param authorities PEM with whom to trust there, or null for those that Java trusts
 * @param challenge how the domains are proved
 * @param httpAddress where HTTP-01 is answered, or null for port 80 of the server's own address
 */
public record AcmeOptions(
    List<String> domains,
    @Nullable String email,
    URI directory,
    @Nullable Path authorities,
    Challenge challenge,
    @Nullable InetSocketAddress httpAddress) {

  /** A way to prove that a name leads to this server. */
  public enum Challenge {
    /** By an answer to HTTP on port 80 (RFC 8555 §8.3). */
    HTTP_01,
    /** By a certificate on port 443 (RFC 8737). */
    TLS_ALPN_01
  }

  public AcmeOptions {
    domains = List.copyOf(domains);
    if (domains.isEmpty()) {
      throw new IllegalArgumentException("ACME needs a domain.");
    }
  }
}
