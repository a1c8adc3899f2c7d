package io.coffer.api;

import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Gives request ids that look random and never repeat. Thread-safe. */
final class RequestIds {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The odd constant of SplitMix64; its multiples reach every number before one comes again. */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final AtomicLong state;
  private final String hostId;

  RequestIds(RandomGenerator random) {
    state = new AtomicLong(random.nextLong());
    var host = new byte[33];
    random.nextBytes(host);
    hostId = Base64.getEncoder().encodeToString(host);
  }

  RequestId next() {
    return new RequestId(HEX.toHexDigits(mix(state.addAndGet(STEP))), hostId);
  }

  /** SplitMix64's finalizer: one to one. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
