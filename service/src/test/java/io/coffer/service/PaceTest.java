package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MIB = 1 << 20;

  private long nanos = 5;
  private int load;
  private boolean ended;
  private int naps;

  private void nap(Duration time) {
    assertTrue(time.compareTo(Duration.ofMillis(50)) <= 0, time + " is too long to notice an end");
    nanos += time.toNanos();
    naps++;
  }

  private Pace pace(long bytesPerSecond) {
    return new Pace(bytesPerSecond, () -> load, () -> nanos, this::nap, () -> ended);
  }

  private double seconds(Pace pace, int pieces) {
    long start = nanos;
    for (int i = 0; i < pieces; i++) {
      pace.accept(64 << 10);
    }
    return (nanos - start) / 1e9;
  }

  @Test
  void eightMebibytesTakeASecondAtEightMebibytesPerSecond() {
    assertEquals(1.0, seconds(pace(8 * MIB), 128), 0.01);
  }

  @Test
  void theRateHoldsThoughReadingTakesTimeItself() {
    var pace = pace(8 * MIB);
    long start = nanos;
    for (int i = 0; i < 128; i++) {
      nanos += 5_000_000;
      pace.accept(64 << 10);
    }
    assertEquals(1.6, (nanos - start) / 1e9, 0.7);
    assertTrue(nanos - start >= 1_000_000_000, "faster than the rate");
  }

  @Test
  void timeThatWasNotUsedMakesNoBurst() {
    var pace = pace(8 * MIB);
    nanos += 3_600_000_000_000L;
    assertEquals(0.95, seconds(pace, 128), 0.01);
  }

  @Test
  void waitsThatTakeTooLongAreMadeUpFor() {
    var pace =
        new Pace(
            8 * MIB,
            () -> 0,
            () -> nanos,
            time -> {
              nap(time);
              nanos += 20_000_000;
            },
            () -> false);
    assertEquals(10.0, seconds(pace, 1_280), 0.1);
  }

  @Test
  void requestsInFlightMakeItSlowerButNeverStopIt() {
    load = 3;
    assertEquals(4.0, seconds(pace(8 * MIB), 128), 0.05);
    load = 1_000;
    assertEquals(16.0, seconds(pace(8 * MIB), 128), 0.1);
  }

  @Test
  void withoutARateItDoesNotWait() {
    assertEquals(0, seconds(pace(0), 10_000));
    assertEquals(0, naps);
  }

  @Test
  void anEndIsNoticedInTheMiddleOfAWait() {
    var pace =
        new Pace(
            1,
            () -> 0,
            () -> nanos,
            time -> {
              nap(time);
              ended = naps == 3;
            },
            () -> ended);
    assertThrows(Pace.Ended.class, () -> pace.accept(1_000_000));
    assertEquals(3, naps);
    assertThrows(Pace.Ended.class, () -> pace.accept(1));
  }
}
