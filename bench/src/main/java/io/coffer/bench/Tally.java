package io.coffer.bench;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What one connection saw. Not thread-safe. */
final class Tally {
  private static final int DIGITS = 3;

  private final Histogram micros = new Histogram(DIGITS);
  private long entries;
  private long errors;
  private @Nullable String firstError;

  /**
   * Counts an answer that was wanted.
   *
   * @param brought what {@link Job#judge} said
   */
  void success(long microseconds, long brought) {
    micros.recordValue(microseconds);
    entries += brought;
  }

  void error(String what) {
    errors++;
    if (firstError == null) {
      firstError = what;
    }
  }

  /** Latencies of the requests that succeeded. */
  Histogram micros() {
    return micros;
  }

  long entries() {
    return entries;
  }

  long errors() {
    return errors;
  }

  @Nullable String firstError() {
    return firstError;
  }
}
