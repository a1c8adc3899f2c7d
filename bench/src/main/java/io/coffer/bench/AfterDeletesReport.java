package io.coffer.bench;

import static io.coffer.bench.Report.MIB;
import static io.coffer.bench.Report.UNKNOWN;
import static io.coffer.bench.Report.median;
import static io.coffer.bench.Report.number;
import static io.coffer.bench.Report.ratio;

import java.util.List;

/** The table of {@code bench/after-deletes}. */
final class AfterDeletesReport {
  private AfterDeletesReport() {}

  static String head() {
    return """
    | work | conns | server | when | req/s | min–max | × before | CPU µs/req | × before | p50 ms \
    | p99 ms | errors | RSS MiB |
    |---|---|---|---|---|---|---|---|---|---|---|---|---|
    """;
  }

  /**
   * The lines of one work at one number of connections.
   *
   * @param before rounds before anything was deleted
   * @param after those since, in order of time, at least one
   */
  static String lines(
      String work, int connections, Endpoint server, List<Round> before, List<Round> after) {
    String what = "| %s | %d | %s | ".formatted(work, connections, server.name());
    boolean watched = server.pid() != 0;
    return what
        + line("before", before, before, watched)
        + what
        + line("first window after", after.subList(0, 1), before, watched)
        + what
        + line("all after", after, before, watched);
  }

  private static String line(String when, List<Round> rounds, List<Round> before, boolean watched) {
    Spread rate = Spread.of(rounds, Round::requestsPerSecond);
    return String.join(
            " | ",
            when,
            number(rate.median()),
            number(rate.min()) + "–" + number(rate.max()),
            ratio(rounds, before, Round::requestsPerSecond),
            watched ? median(rounds, Round::cpuMicrosPerRequest) : UNKNOWN,
            watched ? ratio(rounds, before, Round::cpuMicrosPerRequest) : UNKNOWN,
            median(rounds, Round::p50Millis),
            median(rounds, Round::p99Millis),
            Long.toString(rounds.stream().mapToLong(Round::errors).sum()),
            watched ? median(rounds, round -> round.after().rssBytes() / MIB) : UNKNOWN)
        + " |\n";
  }
}
