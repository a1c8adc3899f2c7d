package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.api.transport.TlsChallenges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates by ACME, from a small authority. */
@Timeout(60)
class AcmeTest {
  private static final Duration LIFETIME = Duration.ofDays(90);
  private static final String NAME = "a.example.com";

  @TempDir Path dir;
  private final AcmeValidations validations = new AcmeValidations();

  private AcmeTestAuthority authority(String challenge) throws Exception {
    AcmeTestAuthority.Validation validation =
        challenge.equals("http-01") ? validations::http : validations::tls;
    return new AcmeTestAuthority(dir, challenge, validation, LIFETIME);
  }

  private ServerOptions options(AcmeTestAuthority authority, String challenge) {
    var flags = new HashMap<Setting, String>();
    flags.put(Setting.ADDRESS, "127.0.0.1:0");
    flags.put(Setting.ACME_DOMAINS, NAME + ",B.example.com");
    flags.put(Setting.ACME_EMAIL, "ops@example.com");
    flags.put(Setting.ACME_ACCEPT_TERMS, "on");
    flags.put(Setting.ACME_DIRECTORY, authority.directory().toString());
    flags.put(Setting.ACME_CA_FILE, authority.trust().toString());
    flags.put(Setting.ACME_CHALLENGE, challenge);
    if (challenge.equals("http-01")) {
      flags.put(Setting.ACME_HTTP_ADDRESS, "127.0.0.1:0");
    }
    return OptionsReader.read(dir.resolve("data"), SettingValues.of(flags, Map.of(), null));
  }

  private void lead(CofferServer server) {
    var http = server.httpForAcme();
    validations.leadTo(http == null ? server.address() : http);
  }

  private static X509Certificate shown(CofferServer server) throws Exception {
    return AcmeValidations.shown(server.address(), NAME, "http/1.1");
  }

  private static String issuer(X509Certificate certificate) {
    return certificate.getIssuerX500Principal().getName();
  }

  /** Waits until another certificate is shown than before. */
  private static X509Certificate shownAfter(CofferServer server, X509Certificate before)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (shown(server).equals(before) && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    return shown(server);
  }

  @ParameterizedTest
  @CsvSource({"http-01", "tls-alpn-01"})
  void aServerProvesItsNamesAndServesWhatItGets(String challenge) throws Exception {
    X509Certificate got;
    try (var authority = authority(challenge)) {
      var trusted = HttpsTest.certificate(authority.trust());
      try (var server = CofferServer.start(options(authority, challenge))) {
        var placeholder = shown(server);
        assertFalse(issuer(placeholder).equals(issuer(trusted)));
        lead(server);
        got = shownAfter(server, placeholder);
        got.verify(trusted.getPublicKey());
        var names = got.getSubjectAlternativeNames().toString();
        assertTrue(names.contains("a.example.com") && names.contains("b.example.com"), names);
        assertEquals("[\"mailto:ops@example.com\"]", authority.contacts());
      }
      assertEquals(1, authority.orders());
    }
    filesAreSecret();
  }

  private void filesAreSecret() throws IOException {
    try (var files = Files.list(dir.resolve("data/secrets/acme"))) {
      for (var file : files.toList()) {
        var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertEquals("rw-------", permissions, file.toString());
      }
    }
  }

  @Test
  void whatIsThereIsServedAtOnceAndNotOrderedAgain() throws Exception {
    try (var authority = authority("http-01")) {
      var options = options(authority, "http-01");
      X509Certificate got;
      try (var server = CofferServer.start(options)) {
        var placeholder = shown(server);
        lead(server);
        got = shownAfter(server, placeholder);
      }
      try (var server = CofferServer.start(options)) {
        assertEquals(got, shown(server));
        Thread.sleep(300);
      }
      assertEquals(1, authority.orders());
    }
  }

  @Test
  void theHttpPortHasChallengesAloneAndLeadsToHttps() throws Exception {
    try (var authority = authority("http-01");
        var server = CofferServer.start(options(authority, "http-01"))) {
      var http = server.httpForAcme();
      assertTrue(http != null);
      var moved = AcmeValidations.get(http, NAME + ":80", "/bucket/key?versionId=1");
      assertTrue(moved.startsWith("HTTP/1.1 308 "), moved);
      var target = "https://a.example.com:" + server.address().getPort();
      assertTrue(moved.contains("ocation: " + target + "/bucket/key?versionId=1\r\n"), moved);
      for (var path :
          new String[] {"/.well-known/acme-challenge/x", "/.well-known/acme-challenge/"}) {
        var answer = AcmeValidations.get(http, NAME, path);
        assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
      }
      var foreign = AcmeValidations.get(http, "evil.example.net", "/");
      assertTrue(foreign.startsWith("HTTP/1.1 404 "), foreign);
    }
  }

  private AcmeFailure failure(AcmeTestAuthority authority, AcmeProofs proofs) throws IOException {
    var options = options(authority, "http-01");
    var acme = options.edge().tls().acme();
    assertTrue(acme != null);
    Files.createDirectories(dir.resolve("data"));
    var order = new AcmeOrder(acme, AcmeFiles.in(dir.resolve("data")), proofs);
    return assertThrows(AcmeFailure.class, order::issue);
  }

  @Test
  void aNameThatLeadsElsewhereIsSaidWithTheReasonAndWhatToDo() throws Exception {
    AcmeTestAuthority.Validation refused = (name, token, key) -> "Connection refused";
    try (var authority = new AcmeTestAuthority(dir, "tls-alpn-01", refused, LIFETIME)) {
      var failure = failure(authority, new AcmeProofs.OverTls(new TlsChallenges()));
      assertEquals(
          "a.example.com was not proved by tls-alpn-01: Connection refused", failure.getMessage());
      assertTrue(failure.advice().contains("port 80 of a.example.com"), failure.advice());
    }
  }

  @Test
  void aProofThatTheAuthorityDoesNotTakeIsSaid() throws Exception {
    try (var authority = authority("http-01")) {
      var failure = failure(authority, new AcmeProofs.OverTls(new TlsChallenges()));
      var message = String.valueOf(failure.getMessage());
      assertTrue(message.contains("does not take tls-alpn-01 for a.example.com"), message);
    }
  }

  @Test
  void anAuthorityThatIsAwayIsSaid() throws Exception {
    var authority = authority("http-01");
    authority.close();
    var failure = failure(authority, new AcmeProofs.OverTls(new TlsChallenges()));
    var message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith(authority.directory() + " cannot be reached: "), message);
    assertTrue(failure.advice().contains("--acme-directory"), failure.advice());
  }
}
