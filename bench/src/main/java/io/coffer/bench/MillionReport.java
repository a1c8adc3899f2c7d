package io.coffer.bench;

import static io.coffer.bench.Report.MIB;
import static io.coffer.bench.Report.UNKNOWN;
import static io.coffer.bench.Report.median;
import static io.coffer.bench.Report.number;
import static io.coffer.bench.Report.ratio;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The two tables of {@code bench/million}: how buckets were filled, and what reading them took. */
final class MillionReport {
  private MillionReport() {}

  /** One bucket of one server. */
  record Place(Endpoint endpoint, long objects) {}

  static String fillingHead() {
    return """
    | filled | server | objects/s | slowest–fastest tenth | last tenth | CPU µs/PUT | p50 ms | p99 ms \
    | errors | RSS MiB | peak MiB |
    |---|---|---|---|---|---|---|---|---|---|---|
    """;
  }

  static String filling(Place place, Filling filling) {
    Round round = filling.round();
    Spread tenths = Spread.of(filling.rates());
    boolean watched = place.endpoint().pid() != 0;
    return String.join(
            " | ",
            "| %,d".formatted(place.objects()),
            place.endpoint().name(),
            number(round.requestsPerSecond()),
            number(tenths.min()) + "–" + number(tenths.max()),
            number(filling.rates()[filling.rates().length - 1]),
            watched ? number(round.cpuMicrosPerRequest()) : UNKNOWN,
            number(round.p50Millis()),
            number(round.p99Millis()),
            Long.toString(round.errors()),
            watched ? number(round.after().rssBytes() / MIB) : UNKNOWN,
            watched ? number(round.after().peakBytes() / MIB) : UNKNOWN)
        + " |\n";
  }

  static String head() {
    return """
    | work | conns | server | objects | entries/s | min–max | × server | × bucket | req/s \
    | CPU µs/req | × server | p50 ms | p99 ms | errors | RSS MiB |
    |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
    """;
  }

  /**
   * The lines of one work at one number of connections. Ratios are to the first server at the same
   * number of objects, and to the first bucket of the same server.
   *
   * @param rounds by place, in the order of the command line
   */
  static String lines(String work, int connections, Map<Place, List<Round>> rounds) {
    var lines = new StringBuilder();
    Place first = rounds.keySet().iterator().next();
    rounds.forEach(
        (place, own) -> {
          var server = of(rounds, new Place(first.endpoint(), place.objects()));
          var bucket = of(rounds, new Place(place.endpoint(), first.objects()));
          lines.append(line(work + " | " + connections, place, own, server, bucket));
        });
    return lines.toString();
  }

  private static List<Round> of(Map<Place, List<Round>> rounds, Place place) {
    return Objects.requireNonNull(rounds.get(place), "each server has all buckets");
  }

  private static String line(
      String work, Place place, List<Round> rounds, List<Round> server, List<Round> bucket) {
    Spread rate = Spread.of(rounds, Round::entriesPerSecond);
    boolean watched = place.endpoint().pid() != 0;
    return String.join(
            " | ",
            "| " + work,
            place.endpoint().name(),
            "%,d".formatted(place.objects()),
            number(rate.median()),
            number(rate.min()) + "–" + number(rate.max()),
            ratio(rounds, server, Round::entriesPerSecond),
            ratio(rounds, bucket, Round::entriesPerSecond),
            median(rounds, Round::requestsPerSecond),
            watched ? median(rounds, Round::cpuMicrosPerRequest) : UNKNOWN,
            watched ? ratio(rounds, server, Round::cpuMicrosPerRequest) : UNKNOWN,
            median(rounds, Round::p50Millis),
            median(rounds, Round::p99Millis),
            Long.toString(rounds.stream().mapToLong(Round::errors).sum()),
            watched ? median(rounds, round -> round.after().rssBytes() / MIB) : UNKNOWN)
        + " |\n";
  }
}
