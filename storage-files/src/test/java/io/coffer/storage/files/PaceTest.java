package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void aPaceIsKeptInShortBursts() {
    var now = new AtomicLong();
    var pace = new Pace(now::get, 1_000);
    long waits = 0;
    for (int i = 0; i < 200; i++) {
      long before = now.get();
      pace.step(() -> now.addAndGet(5_000_000) < 0);
      waits += now.get() > before ? 1 : 0;
    }
    assertTrue(now.get() >= 170_000_000 && now.get() <= 210_000_000, "200 steps took " + now);
    assertTrue(waits <= 12, "in " + waits + " waits");
  }

  @Test
  void whatWasNotUsedIsNotSavedUp() {
    var now = new AtomicLong();
    var pace = new Pace(now::get, 1_000);
    now.addAndGet(10_000_000_000L);
    long start = now.get();
    for (int i = 0; i < 200; i++) {
      pace.step(() -> now.addAndGet(5_000_000) < 0);
    }
    assertTrue(now.get() - start >= 150_000_000, "200 steps took " + (now.get() - start));
  }

  @Test
  void theEndIsNotWaitedFor() {
    var now = new AtomicLong();
    var pace = new Pace(now::get, 1);
    for (int i = 0; i < 100; i++) {
      pace.step(() -> true);
    }
    assertTrue(now.get() == 0);
  }
}
