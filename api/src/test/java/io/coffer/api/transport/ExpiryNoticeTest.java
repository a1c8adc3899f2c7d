package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpiryNoticeTest {
  private static final TestCertificate AUTHORITY = TestCertificate.authority();
  private static final ServerIdentity FIRST = identity("a.example");
  private static final Instant END = ExpiryNotice.end(List.of(FIRST));

  private Instant now = Instant.EPOCH;
  private final ExpiryNotice notice = new ExpiryNotice(() -> now);

  private static ServerIdentity identity(String name) {
    var made = AUTHORITY.signs(name);
    return new ServerIdentity(
        List.of(made.certificate(), AUTHORITY.certificate()),
        made.keys().getPrivate(),
        Set.of(name));
  }

  private Optional<String> lookBeforeEnd(Duration left) {
    now = END.minus(left);
    return notice.look(List.of(FIRST));
  }

  @Test
  void aCertificateWithTwoWeeksLeftIsToldOfOnceADay() {
    assertTrue(lookBeforeEnd(Duration.ofDays(30)).isEmpty());
    assertTrue(lookBeforeEnd(Duration.ofDays(14).plusSeconds(1)).isEmpty());
    var told = lookBeforeEnd(Duration.ofDays(14)).orElseThrow();
    assertTrue(told.contains("a.example"), told);
    assertTrue(told.contains("14 days and 0 hours"), told);
    assertTrue(lookBeforeEnd(Duration.ofDays(14).minusSeconds(3)).isEmpty());
    assertTrue(lookBeforeEnd(Duration.ofDays(13).plusSeconds(1)).isEmpty());
    assertTrue(lookBeforeEnd(Duration.ofDays(13)).isPresent());
    assertTrue(lookBeforeEnd(Duration.ofDays(13).minusSeconds(1)).isEmpty());
  }

  @Test
  void oneThatHasEndedIsToldOfAsSuch() {
    var told = lookBeforeEnd(Duration.ofSeconds(-1)).orElseThrow();
    assertTrue(told.contains("has ended"), told);
  }

  @Test
  void afterABetterOneItIsToldOfAnew() {
    assertTrue(lookBeforeEnd(Duration.ofDays(1)).isPresent());
    assertTrue(lookBeforeEnd(Duration.ofDays(50)).isEmpty());
    assertTrue(lookBeforeEnd(Duration.ofDays(1)).isPresent());
  }

  @Test
  void thoseThatVouchForItCountAsWell() {
    var end = AUTHORITY.certificate().getNotAfter().toInstant();
    assertEquals(end, ExpiryNotice.end(List.of(FIRST)), "the authority was made first");
    assertEquals(Instant.MAX, ExpiryNotice.end(List.of()));
  }
}
