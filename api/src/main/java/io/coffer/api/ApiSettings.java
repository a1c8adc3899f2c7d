package io.coffer.api;

import io.coffer.api.limits.LimitSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What may be set of the API.
 *
 * @param domains base domains of virtual-host addressing, such as {@code s3.example.com}
 * @param trustedPeers proxies whose X-Forwarded-Host, -For and -Proto are believed
 * @param patience how long a copy or completion may take until the answer begins and white space
 *     keeps the connection alive; also the time between two blanks
 * @param limits how much may be asked
 */
public record ApiSettings(
    List<String> domains,
    Predicate<InetAddress> trustedPeers,
    Duration patience,
    LimitSettings limits) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  public ApiSettings {
    domains = List.copyOf(domains);
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience must be positive: " + patience);
    }
  }

  /** Path style alone, no trusted proxy, five seconds, no limits. */
  public static ApiSettings defaults() {
    return new ApiSettings(List.of(), peer -> false, PATIENCE, LimitSettings.NONE);
  }

  public ApiSettings withDomains(List<String> list) {
    return new ApiSettings(list, trustedPeers, patience, limits);
  }

  public ApiSettings withTrustedPeers(Predicate<InetAddress> peers) {
    return new ApiSettings(domains, peers, patience, limits);
  }

  public ApiSettings withPatience(Duration duration) {
    return new ApiSettings(domains, trustedPeers, duration, limits);
  }

  public ApiSettings withLimits(LimitSettings wanted) {
    return new ApiSettings(domains, trustedPeers, patience, wanted);
  }
}
