package io.coffer.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to run one server, checked.
 *
 * @param directory of the data; null to keep all in memory
 * @param address port 0 for any free one
 * @param region what requests must be signed for
 * @param domains base domains of virtual-host style
 * @param signingHosts further names that signatures may be made for
 * @param trustedProxies addresses whose X-Forwarded-Host is believed
 * @param rootAccessKey null for a random pair
 * @param rootSecretKey null if and only if {@code rootAccessKey} is
 * @param bootstrap a file, or null
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
    long diskReserve) {
  private static final Pattern ACCESS_KEY = Pattern.compile("[A-Za-z0-9_.-]{3,128}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");
  private static final int SHORTEST_SECRET = 8;
  private static final int DAY_SECONDS = 86_400;

  public ServerOptions {
    domains = List.copyOf(domains);
    signingHosts = List.copyOf(signingHosts);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** In memory, on a free port of the loopback address, with a random root key: for tests. */
  public static ServerOptions inMemory() {
    return new ServerOptions(
        null,
        new InetSocketAddress("127.0.0.1", 0),
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
        0);
  }

  /** The same with another directory. */
  public ServerOptions withDirectory(Path wanted) {
    return new ServerOptions(
        wanted,
        address,
        region,
        domains,
        signingHosts,
        trustedProxies,
        rootAccessKey,
        rootSecretKey,
        bootstrap,
        idleTimeout,
        maxConnections,
        drainTimeout,
        diskReserve);
  }

  /**
   * Checks what was given.
   *
   * @throws UsageException one sentence about the first that is wrong
   */
  static ServerOptions of(@Nullable Path directory, SettingValues values) {
    var accessKey = emptyIsNull(values.text(Setting.ROOT_ACCESS_KEY));
    var secretKey = emptyIsNull(values.text(Setting.ROOT_SECRET_KEY));
    checkRootKey(accessKey, secretKey);
    var region = values.text(Setting.REGION);
    if (!REGION.matcher(region).matches()) {
      throw UsageException.wrong(
          "--region must be 1 to 63 lower-case letters, digits or hyphens, not '" + region + "'.");
    }
    var bootstrap = emptyIsNull(values.text(Setting.BOOTSTRAP));
    return new ServerOptions(
        directory,
        address(values.text(Setting.ADDRESS)),
        region,
        values.list(Setting.DOMAIN),
        values.list(Setting.SIGNING_HOST),
        values.list(Setting.TRUSTED_PROXY),
        accessKey,
        secretKey,
        bootstrap == null ? null : Path.of(bootstrap),
        Duration.ofSeconds(values.number(Setting.IDLE_TIMEOUT, 1, DAY_SECONDS)),
        values.number(Setting.MAX_CONNECTIONS, 1, 1_000_000),
        Duration.ofSeconds(values.number(Setting.DRAIN_TIMEOUT, 0, DAY_SECONDS)),
        (long) values.number(Setting.DISK_RESERVE, 0, Integer.MAX_VALUE) << 20);
  }

  private static @Nullable String emptyIsNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static void checkRootKey(@Nullable String accessKey, @Nullable String secretKey) {
    if ((accessKey == null) != (secretKey == null)) {
      throw UsageException.wrong(
          "COFFER_ROOT_ACCESS_KEY and COFFER_ROOT_SECRET_KEY belong together: give both or neither.");
    }
    if (accessKey != null && !ACCESS_KEY.matcher(accessKey).matches()) {
      throw UsageException.wrong(
          "COFFER_ROOT_ACCESS_KEY must have 3 to 128 letters, digits, '_', '-' or '.'.");
    }
    if (secretKey != null && secretKey.length() < SHORTEST_SECRET) {
      throw UsageException.wrong("COFFER_ROOT_SECRET_KEY must have 8 characters or more.");
    }
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    var host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (!host.isEmpty() && port >= 0 && port <= 65_535) {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
          throw UsageException.wrong(
              "--address: the host '"
                  + host
                  + "' is not known; use an IP address of this machine.");
        }
        return address;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw UsageException.wrong(
        "--address must be HOST:PORT, such as 127.0.0.1:9000, not '" + text + "'.");
  }
}
