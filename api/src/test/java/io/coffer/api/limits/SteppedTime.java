package io.coffer.api.limits;

import java.util.ArrayList;
import java.util.List;

/** A time that moves when it is told to, or when somebody sleeps. */
final class SteppedTime implements Time {
  /** Sleeps so far, in milliseconds. */
  final List<Long> sleepsMillis = new ArrayList<>();

  /** Close to where nanoseconds overflow: only differences count. */
  private long nanos = Long.MAX_VALUE - 1_000;

  void stepMillis(long millis) {
    nanos += millis * 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void sleep(long duration) {
    sleepsMillis.add(duration / 1_000_000);
    nanos += duration;
  }
}
