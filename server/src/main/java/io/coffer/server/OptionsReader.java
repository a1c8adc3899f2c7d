package io.coffer.server;

import io.coffer.model.s3.ObjectOwnership;
import io.coffer.service.oidc.OutboundRules;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks settings, and says of the first that is wrong what it should be. */
final class OptionsReader {
  private static final Pattern ACCESS_KEY = Pattern.compile("[A-Za-z0-9_.-]{3,128}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");
  private static final Pattern DOMAIN =
      Pattern.compile("(?=.{1,253}$)[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,261}");
  private static final int SIGNING_HOSTS = 16;
  private static final int SHORTEST_SECRET = 8;
  private static final int DAY_SECONDS = 86_400;
  private static final int CONNECTIONS = 1_000_000;
  private static final int MEBIBYTE_BITS = 20;
  private static final int LEAST_CACHE_MEBIBYTES = 64;
  private static final int SCRUB_MEBIBYTES = 100_000;
  private static final int SCRUB_DAYS = 3_650;

  private final SettingValues values;

  private OptionsReader(SettingValues values) {
    this.values = values;
  }

  /**
   * Turns values into options.
   *
   * @param directory null for memory
   * @throws UsageException a value is wrong
   */
  static ServerOptions read(@Nullable Path directory, SettingValues values) {
    return new OptionsReader(values).read(directory);
  }

  static boolean isAccessKey(String text) {
    return ACCESS_KEY.matcher(text).matches();
  }

  static boolean isSecretKey(String text) {
    return text.length() >= SHORTEST_SECRET;
  }

  private ServerOptions read(@Nullable Path directory) {
    checkRootKey();
    return new ServerOptions(
        directory,
        address(Setting.ADDRESS, values.text(Setting.ADDRESS)),
        region(),
        list(Setting.DOMAIN, DOMAIN, "a host name such as s3.example.com"),
        signingHosts(),
        trustedProxies(),
        given(Setting.ROOT_ACCESS_KEY),
        given(Setting.ROOT_SECRET_KEY),
        bootstrap(),
        Duration.ofSeconds(values.number(Setting.IDLE_TIMEOUT, 1, DAY_SECONDS)),
        values.number(Setting.MAX_CONNECTIONS, 1, CONNECTIONS),
        Duration.ofSeconds(values.number(Setting.DRAIN_TIMEOUT, 0, DAY_SECONDS)),
        (long) values.number(Setting.DISK_RESERVE, 0, Integer.MAX_VALUE) << MEBIBYTE_BITS,
        (long) values.number(Setting.CACHE, LEAST_CACHE_MEBIBYTES, Integer.MAX_VALUE)
            << MEBIBYTE_BITS,
        isOn(Setting.ACCESS_LOG),
        scrub(),
        isOn(Setting.METRICS),
        DurabilityReader.read(values),
        SealKeySource.read(values),
        new EdgeOptions(
            TlsReader.read(values),
            proxyProtocol(),
            LimitsReader.read(values),
            AuditReader.read(values)),
        newBuckets(),
        new OutboundRules(isOn(Setting.OIDC_ALLOW_HTTP)));
  }

  private boolean isOn(Setting setting) {
    return values.oneOf(setting, "on", "off").equals("on");
  }

  private NewBucketOptions newBuckets() {
    var words =
        Arrays.stream(ObjectOwnership.values()).map(ObjectOwnership::wire).toArray(String[]::new);
    var word = values.oneOf(Setting.NEW_BUCKETS_OBJECT_OWNERSHIP, words);
    return new NewBucketOptions(
        isOn(Setting.NEW_BUCKETS_BLOCK_PUBLIC_ACCESS),
        Objects.requireNonNull(ObjectOwnership.of(word)));
  }

  private ScrubOptions scrub() {
    return new ScrubOptions(
        (long) values.number(Setting.SCRUB_RATE, 0, SCRUB_MEBIBYTES) << MEBIBYTE_BITS,
        Duration.ofDays(values.number(Setting.SCRUB_INTERVAL, 1, SCRUB_DAYS)));
  }

  private @Nullable String given(Setting setting) {
    var text = values.text(setting);
    return text.isEmpty() ? null : text;
  }

  private void checkRootKey() {
    var accessKey = given(Setting.ROOT_ACCESS_KEY);
    var secretKey = given(Setting.ROOT_SECRET_KEY);
    if ((accessKey == null) != (secretKey == null)) {
      throw UsageException.wrong(
          "COFFER_ROOT_ACCESS_KEY and COFFER_ROOT_SECRET_KEY belong together: give both or"
              + " neither.");
    }
    if (accessKey != null && !isAccessKey(accessKey)) {
      throw UsageException.wrong(
          "COFFER_ROOT_ACCESS_KEY must have 3 to 128 letters, digits, '_', '-' or '.'.");
    }
    if (secretKey != null && !isSecretKey(secretKey)) {
      throw UsageException.wrong("COFFER_ROOT_SECRET_KEY must have 8 characters or more.");
    }
  }

  /** HOST:PORT, of a host that is known. */
  static InetSocketAddress address(Setting setting, String text) {
    int colon = text.lastIndexOf(':');
    var host = colon < 0 ? "" : text.substring(0, colon);
    boolean inBrackets = host.startsWith("[") && host.endsWith("]");
    if (inBrackets) {
      host = host.substring(1, host.length() - 1);
    }
    int port = port(text.substring(colon + 1));
    if (host.isEmpty() || port < 0 || (host.indexOf(':') >= 0 && !inBrackets)) {
      throw wrong(setting, "HOST:PORT, such as 127.0.0.1:9000 or [::1]:9000", text);
    }
    var address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw UsageException.wrong(
          "%s: the host '%s' is not known; use an IP address of this machine."
              .formatted(SettingValues.names(setting), host));
    }
    return address;
  }

  /** A port, or -1 for what is none. */
  private static int port(String text) {
    try {
      int port = text.startsWith("+") ? -1 : Integer.parseInt(text);
      return port <= 65_535 ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private String region() {
    var text = values.text(Setting.REGION);
    if (!REGION.matcher(text).matches()) {
      throw wrong(Setting.REGION, "1 to 63 lower-case letters, digits or hyphens", text);
    }
    return text;
  }

  private List<String> signingHosts() {
    var hosts = list(Setting.SIGNING_HOST, HOST, "a host, with its port if that is unusual");
    if (hosts.size() > SIGNING_HOSTS) {
      throw UsageException.wrong(
          "%s can name %d hosts at most, not %d."
              .formatted(SettingValues.names(Setting.SIGNING_HOST), SIGNING_HOSTS, hosts.size()));
    }
    return hosts;
  }

  private List<String> trustedProxies() {
    var proxies = values.list(Setting.TRUSTED_PROXY);
    for (var proxy : proxies) {
      try {
        ProxyAddresses.of(List.of(proxy));
      } catch (IllegalArgumentException e) {
        throw wrong(Setting.TRUSTED_PROXY, "an IP address or a network such as 10.0.0.0/8", proxy);
      }
    }
    return proxies;
  }

  private boolean proxyProtocol() {
    boolean on = isOn(Setting.PROXY_PROTOCOL);
    if (on && values.list(Setting.TRUSTED_PROXY).isEmpty()) {
      throw UsageException.wrong(
          "%s needs %s: nobody else's PROXY header is believed."
              .formatted(Setting.PROXY_PROTOCOL.flag(), Setting.TRUSTED_PROXY.flag()));
    }
    return on;
  }

  private @Nullable Path bootstrap() {
    var text = given(Setting.BOOTSTRAP);
    try {
      return text == null ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw wrong(Setting.BOOTSTRAP, "the path of a file", text);
    }
  }

  private List<String> list(Setting setting, Pattern shape, String wanted) {
    var texts = values.list(setting);
    for (var text : texts) {
      if (!shape.matcher(text).matches()) {
        throw wrong(setting, wanted, text);
      }
    }
    return texts;
  }

  private static UsageException wrong(Setting setting, String wanted, @Nullable String given) {
    return UsageException.wrong(
        "%s must be %s, not '%s'.".formatted(SettingValues.names(setting), wanted, given));
  }
}
