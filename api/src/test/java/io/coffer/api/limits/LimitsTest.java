package io.coffer.api.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final long RATE = 1_000_000;

  private final SteppedTime time = new SteppedTime();

  private Limits limits(int requests, int perAccount, int perKey, long bandwidth) {
    return new Limits(new LimitSettings(requests, perAccount, perKey, bandwidth, 1), time);
  }

  private static void refuses(Limits limits, Limit limit, String retryAfter, Runnable action) {
    long before = limits.refused(limit);
    var refusal = assertThrows(S3Exception.class, action::run);
    assertEquals(S3Error.SLOW_DOWN, refusal.error());
    assertEquals(retryAfter, refusal.headers().first("Retry-After"));
    assertEquals(before + 1, limits.refused(limit));
  }

  @Test
  void aServerAnswersSoManyRequestsAtOnce() {
    var limits = limits(2, 0, 0, 0);
    var first = limits.request();
    var second = limits.request();
    var third = limits.request();
    first.enter();
    second.enter();
    refuses(limits, Limit.SERVER, "1", third::enter);
    third.close();
    refuses(limits, Limit.SERVER, "1", limits.request()::enter);
    first.close();
    first.close();
    third.enter();
    refuses(limits, Limit.SERVER, "1", limits.request()::enter);
  }

  @Test
  void anAccountHasItsOwnLimitAndAKeyToo() {
    var limits = limits(0, 3, 2, 0);
    var held = new ArrayList<RequestSlot>();
    for (var key : new String[] {"K1", "K1", "K2"}) {
      var slot = limits.request();
      slot.enter("A", key);
      held.add(slot);
    }
    var fourth = limits.request();
    refuses(limits, Limit.ACCOUNT, "1", () -> fourth.enter("A", "K3"));
    fourth.close();
    held.getLast().close();
    var fifth = limits.request();
    refuses(limits, Limit.KEY, "1", () -> fifth.enter("A", "K1"));
    fifth.close();
    limits.request().enter("A", "K2");
    limits.request().enter("B", "K1x");
  }

  @Test
  void slotsRememberNobodyWhoHoldsNothing() {
    var slots = new Slots(2);
    var random = new Random(7);
    var held = new AtomicInteger();
    for (int i = 0; i < 1_000; i++) {
      if (slots.enter("name" + random.nextInt(10))) {
        held.incrementAndGet();
      }
    }
    assertEquals(20, held.get());
    for (int i = 0; i < 10; i++) {
      slots.leave("name" + i);
      slots.leave("name" + i);
    }
    assertEquals(0, slots.names());
  }

  @Test
  void withoutLimitsNothingIsHeldBack() {
    var limits = new Limits(LimitSettings.NONE, time);
    for (int i = 0; i < 10_000; i++) {
      var slot = limits.request();
      slot.enter();
      assertNull(slot.enter("A", "K"));
      limits.loginFailed(InetAddress.getLoopbackAddress());
    }
    limits.checkSource(InetAddress.getLoopbackAddress());
  }

  @Test
  void bytesWaitUntilTheirAccountHasRoom() throws InterruptedIOException {
    var limits = limits(0, 0, 0, RATE);
    var meter = limits.request().enter("A", "K");
    assertNotNull(meter);
    meter.await(RATE);
    assertTrue(time.sleepsMillis.isEmpty(), "a second's worth is there at the start");
    meter.await(RATE / 2);
    meter.await(RATE / 4);
    assertEquals(500, time.sleepsMillis.get(0));
    assertEquals(250, time.sleepsMillis.get(1));
    time.stepMillis(10_000);
    meter.await(RATE);
    assertEquals(2, time.sleepsMillis.size(), "no more than a second's worth is saved up");
    meter.await(RATE / 10);
    assertEquals(100, time.sleepsMillis.get(2));
    assertEquals(0.85, limits.waitedSeconds(), 1e-6);
  }

  @Test
  void inTheLongRunTheRateIsKept() throws InterruptedIOException {
    var limits = limits(0, 0, 0, RATE);
    var meter = limits.request().enter("A", "K");
    assertNotNull(meter);
    long start = time.nanos();
    var random = new Random(11);
    long moved = 0;
    while (moved < 60 * RATE) {
      int bytes = 1 + random.nextInt(64 << 10);
      meter.await(bytes);
      moved += bytes;
    }
    double seconds = (time.nanos() - start) / 1e9;
    assertEquals(moved / (double) RATE - 1, seconds, 0.01);
  }

  @Test
  void anAccountThatIsFarBehindIsRefused() {
    var limits = limits(0, 0, 0, RATE);
    var meter = limits.request().enter("A", "K");
    assertNotNull(meter);
    meter.charge(8 * RATE);
    refuses(limits, Limit.BANDWIDTH, "7", () -> limits.request().enter("A", "K"));
    assertNotNull(limits.request().enter("B", "K2"));
    time.stepMillis(2_000);
    assertNotNull(limits.request().enter("A", "K"));
  }

  @Test
  void aThreadThatIsInterruptedDoesNotWait() throws InterruptedException {
    var limits = new Limits(new LimitSettings(0, 0, 0, 1, 0));
    var meter = limits.request().enter("A", "K");
    assertNotNull(meter);
    var ended = new AtomicInteger();
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    meter.await(1_000_000);
                  } catch (InterruptedIOException e) {
                    ended.incrementAndGet();
                  }
                });
    thread.interrupt();
    thread.join();
    assertEquals(1, ended.get());
  }

  @Test
  void sourcesOfWrongSignaturesAreToldWhenToComeBack() {
    var limits = limits(0, 0, 0, 0);
    var source = InetAddress.getLoopbackAddress();
    limits.checkSource(source);
    limits.loginFailed(source);
    refuses(limits, Limit.LOGINS, "60", () -> limits.checkSource(source));
    time.stepMillis(59_500);
    refuses(limits, Limit.LOGINS, "1", () -> limits.checkSource(source));
    time.stepMillis(500);
    limits.checkSource(source);
    limits.loginFailed(source);
    limits.loginSucceeded(source);
    limits.checkSource(source);
  }

  @Test
  void noLimitIsBelowZero() {
    assertThrows(IllegalArgumentException.class, () -> new LimitSettings(0, 0, 0, -1, 0));
    assertFalse(Limit.LOGINS.label().isEmpty());
  }
}
