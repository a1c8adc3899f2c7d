package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcmeReaderTest {
  /** Flags as NAME=VALUE, separated by blanks. */
  private static @Nullable AcmeOptions read(String flags) {
    var values = new EnumMap<Setting, String>(Setting.class);
    for (var flag : flags.split(" ", -1)) {
      int equals = flag.indexOf('=');
      values.put(Setting.valueOf(flag.substring(0, equals)), flag.substring(equals + 1));
    }
    return TlsReader.read(SettingValues.of(values, Map.of(), null)).acme();
  }

  @Test
  void namesAreEnoughWithTheTermsAccepted() {
    var options =
        read("ACME_DOMAINS=B.example.com,a.example.com,b.example.com ACME_ACCEPT_TERMS=on");
    assertTrue(options != null);
    assertEquals(List.of("b.example.com", "a.example.com"), options.domains());
    assertEquals("https", options.directory().getScheme());
    assertEquals(AcmeOptions.Challenge.HTTP_01, options.challenge());
    assertEquals(null, options.httpAddress());
    assertEquals(null, options.email());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ACME_DOMAINS=a.example.com | read its terms of service, and give --acme-accept-terms",
        "ACME_ACCEPT_TERMS=on | needs --acme-domains",
        "ACME_EMAIL=a@example.com | needs --acme-domains",
        "ACME_CHALLENGE=tls-alpn-01 | needs --acme-domains",
        "ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on ACME_CHALLENGE=dns-01 | http-01 or tls-alpn-01",
        "ACME_DOMAINS=*.a.example ACME_ACCEPT_TERMS=on | a proof by DNS",
        "ACME_DOMAINS=localhost ACME_ACCEPT_TERMS=on | host names such as s3.example.com",
        "ACME_DOMAINS=192.0.2.1 ACME_ACCEPT_TERMS=on | host names such as s3.example.com",
        "ACME_DOMAINS=a_b.example ACME_ACCEPT_TERMS=on | host names such as s3.example.com",
        "ACME_DOMAINS=-a.example ACME_ACCEPT_TERMS=on | host names such as s3.example.com",
        "ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on ACME_DIRECTORY=http://example.com/ | https://",
        "ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on ACME_DIRECTORY=https:/// | https://",
        "ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on ACME_DIRECTORY=https://[ | https://",
        "ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on ACME_EMAIL=ops | ops@example.com",
        "ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on ACME_EMAIL=a@b,c@d | ops@example.com",
        "ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on ACME_HTTP_ADDRESS=80 | must be HOST:PORT",
        "ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on TLS_SELF_SIGNED=on | Give one of",
        "ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on TLS_CERT=a TLS_KEY=b | Give one of",
        "ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on ACME_CHALLENGE=tls-alpn-01"
            + " ACME_HTTP_ADDRESS=127.0.0.1:80 | tls-alpn-01 is answered at --address",
      })
  void whatDoesNotFitIsSaid(String flags, String expected) {
    var failure = assertThrows(UsageException.class, () -> read(flags));
    var message = String.valueOf(failure.getMessage());
    assertTrue(message.contains(expected), message);
  }

  @Test
  void clientsMayShowCertificatesToo() {
    assertTrue(read("ACME_DOMAINS=a.b ACME_ACCEPT_TERMS=on TLS_CLIENT_CA=ca.pem") != null);
  }

  @Test
  void aServerInMemoryHasNoneByAcme() {
    var flags =
        Map.of(
            Setting.ADDRESS, "127.0.0.1:0",
            Setting.ACME_DOMAINS, "a.example.com",
            Setting.ACME_ACCEPT_TERMS, "on");
    var options = OptionsReader.read(null, SettingValues.of(flags, Map.of(), null));
    var failure = assertThrows(UsageException.class, () -> CofferServer.start(options));
    assertTrue(String.valueOf(failure.getMessage()).contains("needs a data directory"));
  }
}
