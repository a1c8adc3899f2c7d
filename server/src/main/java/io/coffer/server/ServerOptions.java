package io.coffer.server;

import io.coffer.service.Durabilities;
import io.coffer.service.oidc.OutboundRules;
import io.coffer.storage.files.FilesSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to run one server.
 *
 * @param directory of the data; null to keep all in memory
 * @param address port 0 for any free one
 * @param region what requests must be signed for
 * @param domains base domains of virtual-host style
 * @param signingHosts further names that signatures may be made for, 16 at most
 * @param trustedProxies addresses and networks whose X-Forwarded-Host is believed
 * @param rootAccessKey null for a random pair
 * @param rootSecretKey null if and only if {@code rootAccessKey} is
 * @param bootstrap a file, or null
 * @param idleTimeout of a connection on which nothing moves, above zero
 * @param maxConnections at once, 1 or more
 * @param drainTimeout how long requests in flight may go on when the server is told to stop
 * @param diskReserve bytes of the disk that writes leave free
 * @param cache bytes of memory for rows
 * @param accessLog whether each request is logged
 * @param scrub of what is kept in a directory
 * @param metrics whether there is a page for Prometheus
 * @param durabilities when writes have to be durable
 * @param sealKeys where the keys come from that seal secrets
 * @param edge what stands between clients and the API
 * @param newBuckets what they have before anybody changes it
 * @param identityProviders which OpenID Connect providers may be asked
 */
public record ServerOptions(
    @Nullable Path directory,
    InetSocketAddress address,
    String region,
    List<String> domains,
    List<String> signingHosts,
    List<String> trustedProxies,
    @Nullable String rootAccessKey,
    @Nullable String rootSecretKey,
    @Nullable Path bootstrap,
    Duration idleTimeout,
    int maxConnections,
    Duration drainTimeout,
    long diskReserve,
    long cache,
    boolean accessLog,
    ScrubOptions scrub,
    boolean metrics,
    Durabilities durabilities,
    SealKeySource sealKeys,
    EdgeOptions edge,
    NewBucketOptions newBuckets,
    OutboundRules identityProviders) {

  public ServerOptions {
    domains = List.copyOf(domains);
    signingHosts = List.copyOf(signingHosts);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** In memory, on a free port of the loopback address, with a random root key: for tests. */
  public static ServerOptions inMemory() {
    return new ServerOptions(
        null,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Setting.REGION.defaultValue(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        Duration.ofSeconds(60),
        10_000,
        Duration.ofSeconds(30),
        0,
        FilesSettings.defaults().cacheBytes(),
        false,
        ScrubOptions.OFF,
        true,
        Durabilities.SYNC,
        SealKeySource.OWN,
        EdgeOptions.PLAIN,
        NewBucketOptions.AS_AWS,
        new OutboundRules(false));
  }

  /** The same with another directory. */
  public ServerOptions withDirectory(Path wanted) {
    return with(wanted, bootstrap, edge, identityProviders);
  }

  /** The same with a bootstrap file. */
  public ServerOptions withBootstrap(Path wanted) {
    return with(directory, wanted, edge, identityProviders);
  }

  /** The same with another edge. */
  public ServerOptions withEdge(EdgeOptions wanted) {
    return with(directory, bootstrap, wanted, identityProviders);
  }

  /** The same with other rules for asking identity providers. */
  public ServerOptions withIdentityProviders(OutboundRules wanted) {
    return with(directory, bootstrap, edge, wanted);
  }

  private ServerOptions with(
      @Nullable Path newDirectory,
      @Nullable Path newBootstrap,
      EdgeOptions newEdge,
      OutboundRules newProviders) {
    return new ServerOptions(
        newDirectory,
        address,
        region,
        domains,
        signingHosts,
        trustedProxies,
        rootAccessKey,
        rootSecretKey,
        newBootstrap,
        idleTimeout,
        maxConnections,
        drainTimeout,
        diskReserve,
        cache,
        accessLog,
        scrub,
        metrics,
        durabilities,
        sealKeys,
        newEdge,
        newBuckets,
        newProviders);
  }

  /** Without the root's secret, and without what an address of the audit's collector may hold. */
  @Override
  public String toString() {
    return "ServerOptions[directory=%s, address=%s, region=%s]"
        .formatted(directory, address, region);
  }
}
