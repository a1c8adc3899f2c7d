package io.coffer.storage;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Numbers calls and decides what befalls each. Thread-safe. */
final class Faults {
  private static final Set<Fault> OF_ANY_CALL = EnumSet.of(Fault.FAILURE);
  private static final Set<Fault> OF_A_WRITE = EnumSet.of(Fault.FAILURE, Fault.FULL);
  private static final Set<Fault> OF_A_COMMIT = EnumSet.complementOf(EnumSet.of(Fault.SLOW));
  private static final Set<Fault> OF_A_COMMITTED_BATCH =
      EnumSet.of(Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER);

  /** Odd, and not that of SplittableRandom: consecutive calls get unrelated sequences. */
  private static final long STRIDE = 0xd1342543de82ef95L;

  private final long seed;
  private final Map<Fault, Double> rates;
  private final Duration slowness;
  private final AtomicLong calls = new AtomicLong();
  private final Map<Fault, Long> counts = new ConcurrentHashMap<>();

  Faults(long seed, Map<Fault, Double> rates, Duration slowness) {
    this.seed = seed;
    this.rates = new EnumMap<>(Fault.class);
    this.rates.putAll(rates);
    this.slowness = slowness;
    double together = 0;
    for (var rate : this.rates.entrySet()) {
      if (!(rate.getValue() >= 0 && rate.getValue() <= 1)) {
        throw new IllegalArgumentException("a probability of " + rate.getValue());
      }
      together += rate.getKey() == Fault.SLOW ? 0 : rate.getValue();
    }
    if (together > 1) {
      throw new IllegalArgumentException("probabilities of " + together + " together");
    }
  }

  long count(Fault fault) {
    return counts.getOrDefault(fault, 0L);
  }

  /**
   * What befalls this commit; null for nothing. Never {@link Fault#SLOW}: that has passed.
   *
   * @param again whether it is applied already: then nobody may say that it is not
   */
  @Nullable Fault ofCommit(boolean again) {
    return next(again ? OF_A_COMMITTED_BATCH : OF_A_COMMIT);
  }

  void mayFail(String call) {
    if (next(OF_ANY_CALL) != null) {
      throw failure(call);
    }
  }

  void mayFailOrFill(String call) {
    var fault = next(OF_A_WRITE);
    if (fault != null) {
      throw fault == Fault.FULL ? full(call) : failure(call);
    }
  }

  static StorageException failure(String call) {
    return new StorageException.Failure("injected: " + call + " failed", null);
  }

  static StorageException full(String call) {
    return new StorageException.Full("injected: no room for " + call);
  }

  private @Nullable Fault next(Set<Fault> possible) {
    var random = new SplittableRandom(seed + calls.getAndIncrement() * STRIDE);
    double chance = random.nextDouble();
    if (random.nextDouble() < rate(Fault.SLOW)) {
      counts.merge(Fault.SLOW, 1L, Long::sum);
      sleep();
    }
    for (var fault : possible) {
      chance -= rate(fault);
      if (chance < 0) {
        counts.merge(fault, 1L, Long::sum);
        return fault;
      }
    }
    return null;
  }

  private double rate(Fault fault) {
    return rates.getOrDefault(fault, 0.0);
  }

  private void sleep() {
    try {
      Thread.sleep(slowness);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException.Failure("interrupted in a slow call", e);
    }
  }
}
