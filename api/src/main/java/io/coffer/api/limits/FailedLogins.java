package io.coffer.api.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts the signatures that did not hold by where they came from, a minute at a time. Of IPv6 the
 * first 64 bits count, since whoever has one address has all that share them. It remembers the
 * newest {@value #MAX_SOURCES} sources. Thread-safe.
 */
final class FailedLogins {
  static final int MAX_SOURCES = 50_000;

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int SUBNET_BYTES = 8;

  /** A minute that began with a failure. */
  private static final class Minute {
    private final long start;
    private int failures = 1;

    Minute(long start) {
      this.start = start;
    }

    long nanosLeft(long now) {
      return start + MINUTE_NANOS - now;
    }
  }

  private final int most;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order in which they began, which is that in which they end. */
  private final LinkedHashMap<String, Minute> minutes = new LinkedHashMap<>();

  /** Most servers, most of the time, have nobody to look up. */
  private volatile boolean empty = true;

  /**
   * @param most failures within a minute; 0 for any number
   */
  FailedLogins(int most, Time time) {
    this.most = most;
    this.time = time;
  }

  /** Whole seconds, 1 or more, after which a source may try again; 0 when it may now. */
  long blockedSeconds(InetAddress source) {
    if (empty) {
      return 0;
    }
    lock.lock();
    try {
      long now = time.nanos();
      var minute = current(name(source), now);
      return minute == null || minute.failures < most
          ? 0
          : Math.ceilDiv(minute.nanosLeft(now), TimeUnit.SECONDS.toNanos(1));
    } finally {
      lock.unlock();
    }
  }

  /** A signature of that source did not hold. */
  void failed(InetAddress source) {
    if (most == 0) {
      return;
    }
    lock.lock();
    try {
      long now = time.nanos();
      var name = name(source);
      var minute = current(name, now);
      if (minute != null) {
        minute.failures++;
        return;
      }
      forgetEnded(now);
      minutes.put(name, new Minute(now));
      empty = false;
    } finally {
      lock.unlock();
    }
  }

  /** A signature of that source held. */
  void succeeded(InetAddress source) {
    if (empty) {
      return;
    }
    lock.lock();
    try {
      minutes.remove(name(source));
      empty = minutes.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** How many sources are remembered. */
  int sources() {
    lock.lock();
    try {
      return minutes.size();
    } finally {
      lock.unlock();
    }
  }

  /** The minute that a source is in; one that has ended is forgotten. */
  private @Nullable Minute current(String name, long now) {
    var minute = minutes.get(name);
    if (minute != null && minute.nanosLeft(now) <= 0) {
      minutes.remove(name);
      empty = minutes.isEmpty();
      return null;
    }
    return minute;
  }

  /** Makes room for one more. */
  private void forgetEnded(long now) {
    var eldest = minutes.values().iterator();
    while (eldest.hasNext()) {
      boolean ended = eldest.next().nanosLeft(now) <= 0;
      if (!ended && minutes.size() < MAX_SOURCES) {
        return;
      }
      eldest.remove();
    }
  }

  private static String name(InetAddress source) {
    var address = source.getAddress();
    return HexFormat.of()
        .formatHex(source instanceof Inet6Address ? Arrays.copyOf(address, SUBNET_BYTES) : address);
  }
}
