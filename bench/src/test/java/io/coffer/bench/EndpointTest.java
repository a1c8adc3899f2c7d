package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @Test
  void anEndpointIsNameAddressKeysAndPid() {
    var endpoint = Endpoint.parse("a=http://127.0.0.1:9000,KEY,SECRET,123");
    assertEquals(new Endpoint("a", "127.0.0.1", 9000, "KEY", "SECRET", 123), endpoint);
    assertEquals("127.0.0.1:9000", endpoint.hostHeader());
    assertFalse(endpoint.toString().contains("SECRET"));
  }

  @Test
  void withoutPortAndPidThePortIsThatOfHttp() {
    var endpoint = Endpoint.parse("b=http://s3.example.com,KEY,SECRET");
    assertEquals(new Endpoint("b", "s3.example.com", 80, "KEY", "SECRET", 0), endpoint);
    assertEquals("s3.example.com", endpoint.hostHeader());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://127.0.0.1:9000,KEY,SECRET",
        "=http://127.0.0.1,KEY,SECRET",
        "a=https://127.0.0.1,KEY,SECRET",
        "a=http://127.0.0.1,KEY",
        "a=http://127.0.0.1,,SECRET",
        "a=http://127.0.0.1,KEY,SECRET,x",
        "a=http://127.0.0.1,KEY,SECRET,1,2"
      })
  void whatIsNoEndpointIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(text));
  }
}
