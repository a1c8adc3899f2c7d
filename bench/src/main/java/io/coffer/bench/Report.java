package io.coffer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Results as a Markdown table: medians over the rounds, and ratios to the first endpoint. */
final class Report {
  static final double MIB = 1 << 20;
  static final String UNKNOWN = "–";

  private Report() {}

  /** Where and when: belongs above every table of figures. */
  static String setting(String options) throws IOException {
    long memory = memoryBytes();
    return """
    %s · %d cores, %s, %.0f GiB · Linux %s · client: Java %s
    %s

    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            cpuModel(),
            memory / MIB / 1024,
            System.getProperty("os.version"),
            Runtime.version().feature(),
            options);
  }

  static String head() {
    return """
    | work | conns | server | req/s | min–max | × | MB/s | CPU µs/req | × | p50 ms | p99 ms \
    | errors | RSS MiB | peak MiB |
    |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
    """;
  }

  /**
   * The lines of one work at one number of connections.
   *
   * @param rounds by endpoint, in the order of the command line
   */
  static String lines(Work work, int connections, Map<Endpoint, List<Round>> rounds) {
    var lines = new StringBuilder();
    List<Round> first = rounds.values().iterator().next();
    for (var entry : rounds.entrySet()) {
      lines.append(line(work, connections, entry.getKey(), entry.getValue(), first));
    }
    return lines.toString();
  }

  private static String line(
      Work work, int connections, Endpoint endpoint, List<Round> rounds, List<Round> first) {
    Spread rate = Spread.of(rounds, Round::requestsPerSecond);
    boolean watched = endpoint.pid() != 0;
    long bytes = work.bytesPerRequest();
    return String.join(
            " | ",
            "| " + work.name(),
            Integer.toString(connections),
            endpoint.name(),
            number(rate.median()),
            number(rate.min()) + "–" + number(rate.max()),
            ratio(rounds, first, Round::requestsPerSecond),
            bytes == 0 ? UNKNOWN : number(rate.median() * bytes / 1e6),
            watched ? median(rounds, Round::cpuMicrosPerRequest) : UNKNOWN,
            watched ? ratio(rounds, first, Round::cpuMicrosPerRequest) : UNKNOWN,
            median(rounds, Round::p50Millis),
            median(rounds, Round::p99Millis),
            Long.toString(rounds.stream().mapToLong(Round::errors).sum()),
            watched ? median(rounds, round -> round.after().rssBytes() / MIB) : UNKNOWN,
            watched ? median(rounds, round -> round.after().peakBytes() / MIB) : UNKNOWN)
        + " |\n";
  }

  /** The median of a figure of the rounds. */
  static String median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return number(Spread.of(rounds, figure).median());
  }

  /** Median of a figure over that of the first rounds. */
  static String ratio(List<Round> rounds, List<Round> first, ToDoubleFunction<Round> figure) {
    double ratio = Spread.of(rounds, figure).median() / Spread.of(first, figure).median();
    return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : UNKNOWN;
  }

  /** Three digits that say something; thousands as they are. */
  static String number(double figure) {
    if (!Double.isFinite(figure)) {
      return UNKNOWN;
    }
    int decimals = figure >= 100 ? 0 : figure >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", figure);
  }

  private static String cpuModel() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    }
  }

  private static long memoryBytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemTotal:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    }
  }
}
