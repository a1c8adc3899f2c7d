package io.coffer.api.limits;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one server, and what runs into them: refused with SlowDown and when to come back.
 * Thread-safe. Source: Amazon S3 User Guide, "Best practices design patterns: optimizing Amazon S3
 * performance" (503 Slow Down).
 */
public final class Limits {
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LimitSettings settings;
  private final AtomicInteger requests = new AtomicInteger();
  private final Slots accounts;
  private final Slots keys;
  private final Bandwidth bandwidth;
  private final FailedLogins logins;
  private final List<LongAdder> refused =
      Arrays.stream(Limit.values()).map(limit -> new LongAdder()).toList();

  /** By the machine's time. */
  public Limits(LimitSettings settings) {
    this(settings, Time.system());
  }

  Limits(LimitSettings settings, Time time) {
    this.settings = settings;
    this.accounts = new Slots(settings.requestsPerAccount());
    this.keys = new Slots(settings.requestsPerKey());
    this.bandwidth = new Bandwidth(settings.bytesPerSecondPerAccount(), time);
    this.logins = new FailedLogins(settings.failedLogins(), time);
  }

  /** A request that has just come, and holds nothing yet. */
  public RequestSlot request() {
    return new RequestSlot(this);
  }

  /**
   * Demands that signatures of a source are worth looking at.
   *
   * @throws S3Exception SlowDown: too many of them did not hold
   */
  public void checkSource(InetAddress source) {
    long seconds = logins.blockedSeconds(source);
    if (seconds > 0) {
      throw refusal(Limit.LOGINS, seconds);
    }
  }

  /** A signature of that source did not hold. */
  public void loginFailed(InetAddress source) {
    logins.failed(source);
  }

  /** A signature of that source held. */
  public void loginSucceeded(InetAddress source) {
    logins.succeeded(source);
  }

  void enterServer() {
    int most = settings.requests();
    if (requests.incrementAndGet() > most && most > 0) {
      requests.decrementAndGet();
      throw refusal(Limit.SERVER, 1);
    }
  }

  void leaveServer() {
    requests.decrementAndGet();
  }

  void enterAccount(String account) {
    if (!accounts.enter(account)) {
      throw refusal(Limit.ACCOUNT, 1);
    }
  }

  void leaveAccount(String account) {
    accounts.leave(account);
  }

  void enterKey(String accessKeyId) {
    if (!keys.enter(accessKeyId)) {
      throw refusal(Limit.KEY, 1);
    }
  }

  void leaveKey(String accessKeyId) {
    keys.leave(accessKeyId);
  }

  @Nullable Meter meter(String account) {
    long seconds = bandwidth.overdrawnSeconds(account);
    if (seconds > 0) {
      throw refusal(Limit.BANDWIDTH, seconds);
    }
    return bandwidth.of(account);
  }

  private S3Exception refusal(Limit limit, long retryAfterSeconds) {
    refused.get(limit.ordinal()).increment();
    return S3Error.SLOW_DOWN
        .exception()
        .withHeader("Retry-After", Long.toString(retryAfterSeconds));
  }

  /** How many requests ran into a limit. */
  public long refused(Limit limit) {
    return refused.get(limit.ordinal()).sum();
  }

  /** How many seconds requests were made to wait for bandwidth, of all together. */
  public double waitedSeconds() {
    return (double) bandwidth.waitedNanos() / NANOS_PER_SECOND;
  }
}
