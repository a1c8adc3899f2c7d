package io.coffer.api.limits;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The bandwidth of each account. It remembers as many accounts as have been let in: clients cannot
 * make them up. Thread-safe.
 */
final class Bandwidth {
  /** Further requests of an account that has to wait so long already would only wait longer. */
  private static final long MAX_DEBT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final long bytesPerSecond;
  private final Time time;
  private final LongAdder waited = new LongAdder();
  private final ConcurrentHashMap<String, TokenBucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param bytesPerSecond of each account; 0 for any number
   */
  Bandwidth(long bytesPerSecond, Time time) {
    this.bytesPerSecond = bytesPerSecond;
    this.time = time;
  }

  /** What an account's bodies go by; null when there is no limit. */
  @Nullable Meter of(String account) {
    return bytesPerSecond == 0 ? null : new Meter(bucket(account), bytesPerSecond, time, waited);
  }

  /** Whole seconds, 1 or more, after which to ask again; 0 when a request may begin. */
  long overdrawnSeconds(String account) {
    if (bytesPerSecond == 0) {
      return 0;
    }
    long debt = bucket(account).debt(time.nanos());
    return debt <= MAX_DEBT_NANOS ? 0 : Math.ceilDiv(debt, TimeUnit.SECONDS.toNanos(1));
  }

  private TokenBucket bucket(String account) {
    return buckets.computeIfAbsent(account, key -> new TokenBucket(bytesPerSecond, time.nanos()));
  }

  /** How long requests were made to wait, of all together. */
  long waitedNanos() {
    return waited.sum();
  }
}
