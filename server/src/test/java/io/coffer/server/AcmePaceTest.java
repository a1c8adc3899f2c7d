package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcmePaceTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path dir;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private AcmePace pace(long seed) throws IOException {
    return AcmePace.of(dir.resolve("failures"), now, new Random(seed));
  }

  @Test
  void theFirstOrderMayBeMadeAtOnce() throws IOException {
    assertFalse(pace(1).next(now).isAfter(now));
  }

  @Test
  void noHourHasMoreThanFiveFailuresWhateverTheSeedAndHoweverOftenTheServerStarts()
      throws IOException {
    long seed = System.nanoTime();
    System.out.println("AcmePaceTest seed " + seed);
    var random = new Random(seed);
    var failures = new ArrayList<Instant>();
    var pace = pace(seed);
    for (int i = 0; i < 200; i++) {
      if (random.nextInt(3) == 0) {
        pace = pace(random.nextLong());
      }
      var next = pace.next(now);
      now = next.isAfter(now) ? next : now;
      failures.add(now);
      pace.failed(now, Instant.MIN);
      int last = failures.size() - 1;
      if (last >= AcmePace.FAILURES_PER_HOUR) {
        var before = failures.get(last - AcmePace.FAILURES_PER_HOUR);
        assertTrue(Duration.between(before, now).compareTo(HOUR) >= 0, failures::toString);
      }
    }
  }

  @Test
  void pausesGrowToHoursAndAreShortAgainAfterASuccess() throws IOException {
    var pace = pace(2);
    for (int i = 0; i < 20; i++) {
      now = pace.next(now).isAfter(now) ? pace.next(now) : now;
      pace.failed(now, Instant.MIN);
    }
    var longest = Duration.between(now, pace.next(now));
    assertTrue(longest.compareTo(HOUR) > 0, longest::toString);
    assertTrue(longest.compareTo(Duration.ofHours(2)) <= 0, longest::toString);
    pace.succeeded();
    now = now.plus(longest);
    pace.failed(now, Instant.MIN);
    var first = Duration.between(now, pace.next(now));
    assertTrue(first.compareTo(Duration.ofMinutes(4)) < 0, first::toString);
  }

  @Test
  void theAuthorityMayAskForMorePatienceButNotForAYear() throws IOException {
    var pace = pace(3);
    pace.failed(now, now.plus(Duration.ofHours(5)));
    assertEquals(now.plus(Duration.ofHours(5)), pace.next(now));
    pace.failed(now, now.plus(Duration.ofDays(365)));
    assertEquals(now.plus(Duration.ofDays(1)), pace.next(now));
  }

  @Test
  void aFileThatIsDamagedOrFromTheFutureIsNoObstacle() throws IOException {
    for (var text : new String[] {"nothing\n", "\u00ff", "2030-01-01T00:00:00Z\n".repeat(5)}) {
      Files.write(
          dir.resolve("failures"), text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      assertFalse(pace(4).next(now).isAfter(now));
    }
  }
}
