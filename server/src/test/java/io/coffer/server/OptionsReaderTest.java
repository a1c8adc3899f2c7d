package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.service.Durabilities;
import io.coffer.storage.Durability;
import io.coffer.storage.files.FilesSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsReaderTest {
  private static ServerOptions read(Map<Setting, String> flags) {
    return OptionsReader.read(null, SettingValues.of(flags, Map.of(), null));
  }

  @Test
  void theDefaultsAreThoseOfTheDocument() {
    var options = read(Map.of());
    assertEquals("127.0.0.1", options.address().getHostString());
    assertEquals(9000, options.address().getPort());
    assertEquals("us-east-1", options.region());
    assertEquals(List.of(), options.domains());
    assertNull(options.rootAccessKey());
    assertNull(options.bootstrap());
    assertEquals(Duration.ofSeconds(60), options.idleTimeout());
    assertEquals(Duration.ofSeconds(30), options.drainTimeout());
    assertEquals(256L << 20, options.diskReserve());
    assertEquals(256L << 20, options.cache());
    assertEquals(FilesSettings.defaults().cacheBytes(), options.cache());
    assertTrue(options.accessLog());
    assertEquals(Durabilities.SYNC, options.durabilities());
    assertEquals(new ScrubOptions(8 << 20, Duration.ofDays(7)), options.scrub());
    assertTrue(options.metrics());
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:80, 0.0.0.0, 80",
    "[::1]:9000, 0:0:0:0:0:0:0:1, 9000",
    "127.0.0.1:0, 127.0.0.1, 0"
  })
  void anAddressIsHostAndPort(String text, String host, int port) {
    var address = read(Map.of(Setting.ADDRESS, text)).address();
    assertEquals(host, address.getAddress().getHostAddress());
    assertEquals(port, address.getPort());
  }

  @Test
  void durabilityIsChosenForTheServerAndForBuckets() {
    var options =
        read(
            Map.of(
                Setting.DURABILITY, "group=10000ms",
                Setting.BUCKET_DURABILITY, "scratch=relaxed,logs=group=1ms,books=sync"));
    assertEquals(
        new Durabilities(
            new Durability.Group(Duration.ofSeconds(10)),
            Map.of(
                "scratch", Durability.RELAXED,
                "logs", new Durability.Group(Duration.ofMillis(1)),
                "books", Durability.SYNC)),
        options.durabilities());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ADDRESS | 9000",
        "ADDRESS | :9000",
        "ADDRESS | 127.0.0.1",
        "ADDRESS | ::1:9000",
        "ADDRESS | 127.0.0.1:65536",
        "ADDRESS | 127.0.0.1:-1",
        "ADDRESS | 127.0.0.1:+1",
        "REGION | US EAST",
        "DURABILITY | fast",
        "DURABILITY | SYNC",
        "DURABILITY | group",
        "DURABILITY | group=50",
        "DURABILITY | group=0ms",
        "DURABILITY | group=10001ms",
        "DURABILITY | group=-1ms",
        "BUCKET_DURABILITY | relaxed",
        "BUCKET_DURABILITY | =relaxed",
        "BUCKET_DURABILITY | Not_A_Name=relaxed",
        "BUCKET_DURABILITY | scratch=group",
        "BUCKET_DURABILITY | scratch=relaxed,scratch=sync",
        "DOMAIN | s3..example",
        "DOMAIN | http://s3.example.com",
        "SIGNING_HOST | s3.example.com/path",
        "SIGNING_HOST | a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q",
        "TRUSTED_PROXY | proxy.example.com",
        "TRUSTED_PROXY | 10.0.0.0/33",
        "IDLE_TIMEOUT | 0",
        "IDLE_TIMEOUT | 1s",
        "MAX_CONNECTIONS | 0",
        "DRAIN_TIMEOUT | -1",
        "DISK_RESERVE | a lot",
        "ACCESS_LOG | yes",
        "SCRUB_RATE | -1",
        "SCRUB_INTERVAL | 1 week",
        "SCRUB_INTERVAL | 0",
        "METRICS | 1"
      })
  void whatIsWrongIsNamedWithFlagAndVariable(Setting setting, String text) {
    var error = assertThrows(UsageException.class, () -> read(Map.of(setting, text)));
    assertEquals(2, error.exitStatus());
    assertTrue(String.valueOf(error.getMessage()).startsWith(SettingValues.names(setting)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "admin | '' | belong together",
        "'' | long enough | belong together",
        "ad | long enough | 3 to 128",
        "a b c | long enough | 3 to 128",
        "admin | 7 chars | 8 characters"
      })
  void aRootKeyIsWholeAndLongEnough(String access, String secret, String expected) {
    var flags = Map.of(Setting.ROOT_ACCESS_KEY, access, Setting.ROOT_SECRET_KEY, secret);
    var error = assertThrows(UsageException.class, () -> read(flags));
    assertTrue(String.valueOf(error.getMessage()).contains(expected), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.7", "10.1.2.3", "192.168.1.1", "fd00::1", "2001:db8::5"})
  void aProxyInATrustedNetworkIsTrusted(String address) throws Exception {
    assertTrue(proxies().test(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.0.7", "192.168.1.2", "192.168.1.0", "2001:db8::6", "fe00::1"})
  void aProxyOutsideIsNot(String address) throws Exception {
    assertEquals(false, proxies().test(InetAddress.getByName(address)));
  }

  private static ProxyAddresses proxies() {
    return ProxyAddresses.of(List.of("10.0.0.0/8", "192.168.1.1", "fd00::/7", "2001:db8::5"));
  }

  @Test
  void aNetworkMayEndWithinAByte() throws Exception {
    var proxies = ProxyAddresses.of(List.of("172.16.0.0/12", "0.0.0.0/0"));
    assertTrue(proxies.test(InetAddress.getByName("172.31.255.255")));
    var narrow = ProxyAddresses.of(List.of("172.16.0.0/12"));
    assertEquals(false, narrow.test(InetAddress.getByName("172.32.0.0")));
    assertTrue(proxies.test(InetAddress.getByName("172.32.0.0")));
  }
}
