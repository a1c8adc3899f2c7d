package io.coffer.api.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
  private final SteppedTime time = new SteppedTime();
  private final FailedLogins logins = new FailedLogins(3, time);

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void fail(String source, int times) {
    for (int i = 0; i < times; i++) {
      logins.failed(address(source));
    }
  }

  private long blocked(String source) {
    return logins.blockedSeconds(address(source));
  }

  @Test
  void asManyAsAreAllowedBlockForTheRestOfTheMinute() {
    fail("10.0.0.1", 1);
    time.stepMillis(20_000);
    fail("10.0.0.1", 1);
    assertEquals(0, blocked("10.0.0.1"));
    fail("10.0.0.1", 1);
    assertEquals(40, blocked("10.0.0.1"));
    time.stepMillis(39_001);
    assertEquals(1, blocked("10.0.0.1"));
    time.stepMillis(999);
    assertEquals(0, blocked("10.0.0.1"));
    assertEquals(0, logins.sources());
  }

  @Test
  void aMinuteLaterTheCountBeginsAnew() {
    fail("10.0.0.1", 2);
    time.stepMillis(60_000);
    fail("10.0.0.1", 2);
    assertEquals(0, blocked("10.0.0.1"));
  }

  @Test
  void othersAreNotBlocked() {
    fail("10.0.0.1", 3);
    assertEquals(0, blocked("10.0.0.2"));
    assertEquals(60, blocked("10.0.0.1"));
  }

  @Test
  void aSuccessForgetsTheFailures() {
    fail("10.0.0.1", 2);
    logins.succeeded(address("10.0.0.1"));
    assertEquals(0, logins.sources());
    fail("10.0.0.1", 2);
    assertEquals(0, blocked("10.0.0.1"));
  }

  @Test
  void anIpv6NetworkOf64BitsIsOneSource() {
    fail("2001:db8:0:1::1", 1);
    fail("2001:db8:0:1:ffff::2", 1);
    fail("2001:db8:0:1::3", 1);
    assertEquals(60, blocked("2001:db8:0:1::4"));
    assertEquals(0, blocked("2001:db8:0:2::1"));
  }

  @Test
  void anIpv4AddressInIpv6IsTheSameSource() {
    fail("::ffff:10.0.0.1", 3);
    assertEquals(60, blocked("10.0.0.1"));
    assertEquals(0, blocked("10.0.0.2"));
  }

  @Test
  void whatIsRememberedIsBoundedAndTheNewestStay() {
    for (int i = 0; i < FailedLogins.MAX_SOURCES + 1_000; i++) {
      fail("2001:db8:%x:%x::".formatted(i >> 16, i & 0xffff), 3);
      assertTrue(logins.sources() <= FailedLogins.MAX_SOURCES);
    }
    assertEquals(FailedLogins.MAX_SOURCES, logins.sources());
    assertEquals(0, blocked("2001:db8::"));
    assertEquals(60, blocked("2001:db8:0:c737::"));
  }

  @Test
  void thoseThatEndedMakeRoom() {
    for (int i = 0; i < 100; i++) {
      fail("10.0.0." + i, 1);
    }
    time.stepMillis(60_000);
    fail("10.0.1.1", 1);
    assertEquals(1, logins.sources());
  }

  @Test
  void zeroIsForAnyNumber() {
    var any = new FailedLogins(0, time);
    for (int i = 0; i < 1_000; i++) {
      any.failed(address("10.0.0.1"));
    }
    assertEquals(0, any.blockedSeconds(address("10.0.0.1")));
    assertEquals(0, any.sources());
  }
}
