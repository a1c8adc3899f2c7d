package io.coffer.server;

import io.coffer.api.AccessEntry;
import io.coffer.api.MetricsSource;
import io.coffer.api.transport.ExchangeHandler;
import io.coffer.api.transport.RefusalRenderer;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is measured of requests, and the page with all metrics. Thread-safe.
 *
 * <p>No label has values that clients choose: operations are those of Amazon's model.
 */
final class ServerMetrics implements MetricsSource {
  /** Of requests that no operation was found for, and of the paths of operators. */
  private static final String NO_OPERATION = "none";

  private static final String[] STATUSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
  private static final double MICROS = 1e6;

  /** From a cached read to a large upload. */
  private static final double[] SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final ConcurrentHashMap<String, Operation> operations = new ConcurrentHashMap<>();
  private final Counter requests;
  private final Histogram durations;
  private final Counter received;
  private final Counter sent;

  ServerMetrics() {
    requests =
        Counter.builder()
            .name("coffer_requests_total")
            .help(
                "Requests answered, by operation and class of status (none: not answered); under"
                    + " the operation none also those that were refused for their head, or because"
                    + " the server stops.")
            .labelNames("operation", "status")
            .register(registry);
    durations =
        Histogram.builder()
            .name("coffer_request_duration_seconds")
            .help("Time from the end of a request's head to the end of its answer.")
            .labelNames("operation")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .withoutExemplars()
            .register(registry);
    received =
        Counter.builder()
            .name("coffer_received_bytes_total")
            .help("Bytes of requests' bodies.")
            .labelNames("operation")
            .register(registry);
    sent =
        Counter.builder()
            .name("coffer_sent_bytes_total")
            .help("Bytes of answers' bodies.")
            .labelNames("operation")
            .register(registry);
    GaugeWithCallback.builder()
        .name("coffer_requests_in_flight")
        .help("Requests that are being answered.")
        .callback(gauge -> gauge.call(inFlight.get()))
        .register(registry);
  }

  /** What is kept for one operation, so that a request looks up once. */
  private record Operation(
      CounterDataPoint[] statuses,
      DistributionDataPoint duration,
      CounterDataPoint received,
      CounterDataPoint sent) {
    CounterDataPoint counted(int status) {
      return statuses[Math.clamp(status / 100, 0, STATUSES.length - 1)];
    }
  }

  /** Where further metrics go. */
  PrometheusRegistry registry() {
    return registry;
  }

  /** Requests that are being answered. */
  int inFlight() {
    return inFlight.get();
  }

  /** Another handler, whose requests are counted while they last. */
  ExchangeHandler counting(ExchangeHandler handler) {
    return exchange -> {
      inFlight.incrementAndGet();
      try {
        handler.handle(exchange);
      } finally {
        inFlight.decrementAndGet();
      }
    };
  }

  /** Another renderer, whose refusals are counted: no handler sees what they are answers to. */
  RefusalRenderer countingRefusals(RefusalRenderer renderer) {
    return refusal -> {
      kept(NO_OPERATION).counted(refusal.status()).inc();
      return renderer.render(refusal);
    };
  }

  /** A request came to its end. */
  void count(AccessEntry entry) {
    var operation = kept(entry.operation() == null ? NO_OPERATION : entry.operation());
    operation.counted(entry.status()).inc();
    operation.duration.observe(entry.durationMicros() / MICROS);
    operation.received.inc(entry.bytesIn());
    operation.sent.inc(entry.bytesOut());
  }

  private Operation kept(String name) {
    var operation = operations.get(name);
    return operation == null ? operations.computeIfAbsent(name, this::operation) : operation;
  }

  private Operation operation(String name) {
    var statuses = new CounterDataPoint[STATUSES.length];
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] = requests.labelValues(name, STATUSES[i]);
    }
    return new Operation(
        statuses, durations.labelValues(name), received.labelValues(name), sent.labelValues(name));
  }

  MetricSnapshots snapshots() {
    return registry.scrape();
  }

  @Override
  public String contentType() {
    return writer.getContentType();
  }

  /** Prometheus's text format, version 0.0.4. */
  @Override
  public byte[] page() {
    var out = new ByteArrayOutputStream(16 << 10);
    try {
      writer.write(out, snapshots());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** For tests. */
  String text() {
    return new String(page(), StandardCharsets.UTF_8);
  }
}
