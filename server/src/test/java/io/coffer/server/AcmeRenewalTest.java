package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When certificates are ordered, with a clock and an authority of the test's own. */
@Timeout(60)
class AcmeRenewalTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final URI AUTHORITY = URI.create("https://ca.example.com/directory");

  /** With the hour by which certificates are backdated: 90 days. */
  private static final Duration LIFETIME = Duration.ofDays(90).minusHours(1);

  @TempDir Path dir;
  private AcmeFiles files;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private boolean away;
  private String issuedFor = "a.example.com";
  private int orders;

  @BeforeEach
  void makeFiles() throws IOException {
    files = AcmeFiles.in(dir);
  }

  private AcmeIssued issue() throws AcmeFailure {
    orders++;
    if (away) {
      throw new AcmeFailure("it is away", "Wait", null, Instant.MIN);
    }
    try {
      var keys = DevelopmentAuthority.newKeys();
      var names = List.of(new GeneralName(GeneralName.dNSName, issuedFor));
      var authority = DevelopmentAuthority.make(now);
      return new AcmeIssued(
          keys, List.of(authority.certify(keys.getPublic(), names, now, LIFETIME)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static AcmeOptions options(URI authority, String... domains) {
    return new AcmeOptions(
        List.of(domains), null, authority, null, AcmeOptions.Challenge.TLS_ALPN_01, null);
  }

  private AcmeRenewal renewal(AcmeOptions options) throws IOException {
    return new AcmeRenewal(options, files, this::issue, () -> now, new Random(1), files.kept());
  }

  private AcmeRenewal renewal() throws IOException {
    return renewal(options(AUTHORITY, "a.example.com"));
  }

  private X509Certificate kept() throws IOException {
    var kept = files.kept();
    assertTrue(kept != null);
    return kept.certificate();
  }

  /** Lets time pass as the renewal wants it to. */
  private void pass(AcmeRenewal renewal, Duration time) throws InterruptedException {
    var end = now.plus(time);
    while (now.isBefore(end)) {
      var pause = renewal.step();
      assertTrue(pause.isPositive(), pause::toString);
      assertTrue(pause.compareTo(HOUR.multipliedBy(2)) <= 0, pause::toString);
      var then = now.plus(pause);
      now = then.isBefore(end) ? then : end;
    }
  }

  @Test
  void oneIsOrderedAtOnceAndAgainWhenAThirdOfItsLifetimeIsLeft() throws Exception {
    var renewal = renewal();
    pass(renewal, Duration.ofDays(59));
    assertEquals(1, orders);
    var first = kept();
    pass(renewal, Duration.ofDays(2));
    assertEquals(2, orders);
    assertTrue(!first.equals(kept()));
    pass(renewal, Duration.ofDays(600));
    assertEquals(12, orders);
  }

  @Test
  void whatIsThereIsKeptWhileTheAuthorityIsAwayAndReplacedWhenItIsBack() throws Exception {
    var renewal = renewal();
    pass(renewal, Duration.ofDays(59));
    var first = kept();
    away = true;
    pass(renewal, Duration.ofDays(3));
    assertEquals(first, kept());
    assertTrue(orders > 24 && orders < 2 * 24, orders + " orders");
    away = false;
    pass(renewal, Duration.ofHours(3));
    assertTrue(!first.equals(kept()));
  }

  @Test
  void anHourOfFailuresHasFiveOrders() throws Exception {
    away = true;
    pass(renewal(), Duration.ofMinutes(55));
    assertTrue(orders >= 4 && orders <= 5, orders + " orders");
    pass(renewal(), Duration.ofMinutes(1)); // a new start
    assertTrue(orders <= 5, orders + " orders");
  }

  @Test
  void otherNamesOrAnotherAuthorityWantANewOne() throws Exception {
    pass(renewal(), HOUR);
    pass(renewal(), HOUR);
    assertEquals(1, orders);
    pass(renewal(options(URI.create("https://other.example.com/"), "a.example.com")), HOUR);
    assertEquals(2, orders);
    issuedFor = "b.example.com";
    pass(renewal(options(URI.create("https://other.example.com/"), "b.example.com")), HOUR);
    assertEquals(3, orders);
  }

  @Test
  void aCertificateForOthersOrPastItsTimeIsAFailureAndNotKept() throws Exception {
    pass(renewal(), HOUR);
    var first = kept();
    now = now.plus(Duration.ofDays(60));
    issuedFor = "b.example.com";
    renewal().step();
    assertEquals(first, kept());
    assertEquals(2, orders);
    assertTrue(Files.exists(files.failuresFile()));
  }

  @Test
  void aDamagedFileIsNoCertificate() throws Exception {
    pass(renewal(), HOUR);
    Files.writeString(files.served().chain(), "ACME directory: " + AUTHORITY + "\nnothing\n");
    assertTrue(files.kept() == null);
    Files.write(files.served().chain(), new byte[] {(byte) 0xff, 0});
    assertTrue(files.kept() == null);
    pass(renewal(), HOUR);
    assertEquals(2, orders);
  }

  @Test
  void aPlaceholderIsServedButIsNoCertificate() throws Exception {
    files.keepPlaceholder(List.of("a.example.com"), now);
    io.coffer.api.transport.ServerIdentity.read(files.served());
    assertTrue(files.kept() == null);
    pass(renewal(), HOUR);
    assertEquals(1, orders);
  }
}
