package io.coffer.server;

import io.coffer.api.limits.Limit;
import io.coffer.api.limits.Limits;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What is measured of limits. */
final class LimitMetrics {
  private LimitMetrics() {}

  static void register(PrometheusRegistry registry, Limits limits) {
    CounterWithCallback.builder()
        .name("coffer_limited_requests_total")
        .help("Requests that were refused with SlowDown, by the limit that they ran into.")
        .labelNames("limit")
        .callback(
            counter -> {
              for (var limit : Limit.values()) {
                counter.call(limits.refused(limit), limit.label());
              }
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("coffer_bandwidth_wait_seconds_total")
        .help("Time that requests were made to wait by --max-bandwidth-per-account.")
        .callback(counter -> counter.call(limits.waitedSeconds()))
        .register(registry);
  }
}
