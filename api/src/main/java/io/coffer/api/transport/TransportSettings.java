package io.coffer.api.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the server listens and what it puts up with.
 *
 * @param address where to listen; port 0 picks a free one
 * @param maxHeadBytes the largest request line plus header section, at least 1 KiB
 * @param headTimeout how long a client may take from the first byte of a head to its last
 * @param idleTimeout how long a connection may wait for its client (to send or to read) without any
 *     byte moving; the time that a handler takes does not count
 * @param lingerTimeout how long the rest of an unread request is drained, and how long the client
 *     gets to read the last answer before the connection closes for good
 * @param maxConnections how many connections are open at most; more wait in the backlog
 * @param eventLoops the number of threads that move bytes
 * @param tls null to speak HTTP in the clear
 * @param proxies peers whose connections begin with a header of the PROXY protocol, version 2; of
 *     all others none is taken
 */
public record TransportSettings(
    InetSocketAddress address,
    int maxHeadBytes,
    Duration headTimeout,
    Duration idleTimeout,
    Duration lingerTimeout,
    int maxConnections,
    int eventLoops,
    @Nullable TlsSettings tls,
    Predicate<InetAddress> proxies) {

  public TransportSettings {
    if (maxHeadBytes < 1024) {
      throw new IllegalArgumentException("maxHeadBytes must be at least 1024: " + maxHeadBytes);
    }
    requirePositive("headTimeout", headTimeout);
    requirePositive("idleTimeout", idleTimeout);
    requirePositive("lingerTimeout", lingerTimeout);
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections must be at least 1: " + maxConnections);
    }
    if (eventLoops < 1) {
      throw new IllegalArgumentException("eventLoops must be at least 1: " + eventLoops);
    }
  }

  /** Heads of 32 KiB, 30 s for a head, 60 s idle, 5 s of lingering, 10,000 connections, no TLS. */
  public static TransportSettings defaults(InetSocketAddress address) {
    return new TransportSettings(
        address,
        32 * 1024,
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        10_000,
        Runtime.getRuntime().availableProcessors(),
        null,
        peer -> false);
  }

  /** The same with TLS, or without for null. */
  public TransportSettings withTls(@Nullable TlsSettings wanted) {
    return new TransportSettings(
        address,
        maxHeadBytes,
        headTimeout,
        idleTimeout,
        lingerTimeout,
        maxConnections,
        eventLoops,
        wanted,
        proxies);
  }

  /** The same with peers that speak the PROXY protocol. */
  public TransportSettings withProxies(Predicate<InetAddress> wanted) {
    return new TransportSettings(
        address,
        maxHeadBytes,
        headTimeout,
        idleTimeout,
        lingerTimeout,
        maxConnections,
        eventLoops,
        tls,
        wanted);
  }

  static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be positive: " + duration);
    }
  }
}
