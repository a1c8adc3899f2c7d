package io.coffer.server;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What is measured of certificates. */
final class CertificateMetrics {
  private CertificateMetrics() {}

  /**
   * Adds the metrics.
   *
   * @param expiry of the certificate that ends first; empty without HTTPS
   */
  static void register(
      PrometheusRegistry registry, InstantSource clock, Supplier<Optional<Instant>> expiry) {
    GaugeWithCallback.builder()
        .name("coffer_certificate_expiry_seconds")
        .help(
            "Seconds until the first of the certificates ends, below zero when one has ended;"
                + " absent without HTTPS.")
        .callback(
            gauge ->
                expiry
                    .get()
                    .ifPresent(
                        end -> gauge.call(Duration.between(clock.instant(), end).toSeconds())))
        .register(registry);
  }
}
