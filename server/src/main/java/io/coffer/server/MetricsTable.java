package io.coffer.server;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes docs/metrics.md from the metrics themselves. */
final class MetricsTable {
  private static final String HEAD =
      """
      # Metrics

      Written from the code (`…Metrics`); refresh with
      `./mvnw -pl server -am test -Dcoffer.update.docs=true`.

      `GET /-/metrics` gives them in Prometheus's text format (0.0.4). As the health paths it needs
      no authentication: whoever reaches the server sees how much it does and holds, but never the
      name of a bucket, a key or an account. `--metrics off` takes the page away.

      `operation` is a name of Amazon's API, `PostObject`, or `none` where there is none; `status`
      is `1xx` to `5xx`, or `none` where the client went away before there was an answer. `limit` is
      `server`, `account`, `key`, `bandwidth` or `logins` ([limits.md](limits.md)).

      | metric | kind | labels | what it is |
      |---|---|---|---|
      """;

  private static final String FOOT =
      """

      Worth an alarm: `coffer_known_damage > 0`, `increase(coffer_damaged_reads_total[1h]) > 0`,
      `coffer_health{state="sound"} == 0`, and with the check in the background on,
      `time() - coffer_scrub_last_pass_end_timestamp_seconds` beyond what a pass and the interval
      take; also `coffer_certificate_expiry_seconds < 14 * 86400`, and
      `increase(coffer_audit_lost_lines_total[1h]) > 0` where there is an audit log.
      """;

  private MetricsTable() {}

  static String markdown(MetricSnapshots snapshots) {
    var rows = new TreeMap<String, String>();
    for (var snapshot : snapshots) {
      rows.put(name(snapshot), row(snapshot));
    }
    return HEAD + String.join("", rows.values()) + FOOT;
  }

  private static String row(MetricSnapshot snapshot) {
    var labels =
        snapshot.getDataPoints().stream()
            .flatMap(point -> point.getLabels().stream())
            .map(Label::getName)
            .distinct()
            .map(label -> "`" + label + "`")
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            name(snapshot),
            kind(snapshot),
            labels.isEmpty() ? "–" : labels,
            snapshot.getMetadata().getHelp());
  }

  private static String name(MetricSnapshot snapshot) {
    var name = snapshot.getMetadata().getPrometheusName();
    return switch (snapshot) {
      case CounterSnapshot counter -> name + "_total";
      case InfoSnapshot info -> name + "_info";
      default -> name;
    };
  }

  private static String kind(MetricSnapshot snapshot) {
    return switch (snapshot) {
      case CounterSnapshot counter -> "counter";
      case HistogramSnapshot histogram -> "histogram";
      default -> "gauge";
    };
  }
}
