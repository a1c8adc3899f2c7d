package io.coffer.service.oidc;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundRulesTest {
  private static final OutboundRules STRICT = new OutboundRules(false);
  private static final OutboundRules LENIENT = new OutboundRules(true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://10.1.2.3/keys",
        "https://[2001:db8::1]:8443/keys?a=b"
      })
  void overHttpsAnyUsualAddressMayBeAsked(String address) throws IOException {
    STRICT.check(URI.create(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:169.254.169.254]/",
        "https://[fe80::1]/",
        "https://[fd00:ec2::254]/",
        "https://100.100.100.200/",
        "https://0.0.0.0/",
        "https://[::]/",
        "https://224.0.0.1/",
        "https://user@10.1.2.3/",
        "http://10.1.2.3/",
        "http://127.0.0.1.example.invalid/",
        "http://127.example.invalid/",
        "file:///etc/passwd",
        "jar:file:///x!/y",
        "ftp://10.1.2.3/",
        "https:///keys",
        "keys",
        ""
      })
  void othersMayNotWhateverIsSet(String address) {
    assertThrows(IOException.class, () -> STRICT.check(URI.create(address)));
    assertThrows(IOException.class, () -> LENIENT.check(URI.create(address)));
  }

  @Test
  void inTheClearOnlyThisMachineIsAskedAndOnlyWhenThatIsSet() throws IOException {
    for (var address :
        new String[] {"http://127.0.0.1:8080/a", "http://localhost/a", "http://[::1]/"}) {
      LENIENT.check(URI.create(address));
      assertThrows(IOException.class, () -> STRICT.check(URI.create(address)));
    }
  }
}
