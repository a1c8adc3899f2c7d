package io.coffer.bench;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one endpoint did in one timed window.
 *
 * @param requests that succeeded
 * @param entries what they brought: keys of listings, otherwise as many as requests
 * @param seconds from the first request to the last answer
 * @param cpuMicros of the server's processes in the window
 * @param after memory of the server's processes at its end
 */
record Round(
    long requests,
    long entries,
    long errors,
    @Nullable String firstError,
    double seconds,
    long cpuMicros,
    double p50Millis,
    double p99Millis,
    ProcessUsage after) {

  static Round of(List<Tally> tallies, double seconds, ProcessUsage before, ProcessUsage after) {
    var micros = new Histogram(3);
    long entries = 0;
    long errors = 0;
    String firstError = null;
    for (Tally tally : tallies) {
      micros.add(tally.micros());
      entries += tally.entries();
      errors += tally.errors();
      firstError = firstError == null ? tally.firstError() : firstError;
    }
    return new Round(
        micros.getTotalCount(),
        entries,
        errors,
        firstError,
        seconds,
        after.cpuMicros() - before.cpuMicros(),
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0,
        after);
  }

  double requestsPerSecond() {
    return requests / seconds;
  }

  double entriesPerSecond() {
    return entries / seconds;
  }

  /** CPU time of the server per request, failed ones included; NaN when there were none. */
  double cpuMicrosPerRequest() {
    return (double) cpuMicros / (requests + errors);
  }
}
