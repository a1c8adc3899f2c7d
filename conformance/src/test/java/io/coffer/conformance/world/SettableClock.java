package io.coffer.conformance.world;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to jump. Thread-safe. */
final class SettableClock implements InstantSource {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00.123456Z");

  private volatile Instant now = START;

  @Override
  public Instant instant() {
    return now;
  }

  void jump(long millis) {
    now = now.plusMillis(millis);
  }

  void set(Instant then) {
    now = then;
  }
}
