package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.Origin;
import io.coffer.model.RequestHead;
import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
  private static final Set<String> PROXIES = Set.of("127.0.0.1", "10.0.0.1");

  private static Origin origin(Set<String> proxies, String... headers) {
    var fields = Headers.builder().add("Host", "x");
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(headers[i], headers[i + 1]);
    }
    var head = new RequestHead("GET", "/", "", fields.build());
    var exchange = new TestExchange(head, Body.empty());
    return new Origins(peer -> proxies.contains(peer.getHostAddress())).of(exchange);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1 | 192.0.2.1",
        "192.0.2.1:4711 | 192.0.2.1",
        "[2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
        "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
        "192.0.2.9, 192.0.2.1 | 192.0.2.1",
        "192.0.2.1, 10.0.0.1 | 192.0.2.1",
        "192.0.2.9, 192.0.2.1, 10.0.0.1 | 192.0.2.1",
        "10.0.0.1 | 10.0.0.1",
        "localhost | 127.0.0.1",
        "unknown, 10.0.0.1 | 10.0.0.1",
        "999.1.1.1 | 127.0.0.1",
        "'' | 127.0.0.1",
        ", | 127.0.0.1",
      })
  void theLastAddressThatIsNoProxysCounts(String forwarded, String expected) {
    var origin = origin(PROXIES, "X-Forwarded-For", forwarded);
    assertEquals(expected, origin.source().getHostAddress());
  }

  @Test
  void whatOthersSayIsNotBelieved() throws Exception {
    var origin = origin(Set.of(), "X-Forwarded-For", "192.0.2.1", "X-Forwarded-Proto", "https");
    assertEquals(new Origin(InetAddress.getByName("127.0.0.1"), false, null), origin);
  }

  @ParameterizedTest
  @CsvSource({"https, true", "HTTPS, true", "http, false", "'https, http', false", "ftp, false"})
  void theSchemeIsTheNearestProxys(String proto, boolean secure) {
    assertEquals(secure, origin(PROXIES, "X-Forwarded-Proto", proto).secure());
  }

  @Test
  void moreHopsThanAnyoneHasAreCutOff() {
    var hops = "10.0.0.1,".repeat(10_000) + "10.0.0.1";
    var origin = origin(PROXIES, "X-Forwarded-For", "192.0.2.1," + hops);
    assertEquals("10.0.0.1", origin.source().getHostAddress());
  }
}
