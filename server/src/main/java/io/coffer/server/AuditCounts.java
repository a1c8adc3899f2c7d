package io.coffer.server;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What became of the lines of the audit log. Thread-safe. */
final class AuditCounts {
  private final LongAdder written = new LongAdder();
  private final LongAdder lost = new LongAdder();

  void written(long lines) {
    written.add(lines);
  }

  void lost(long lines) {
    lost.add(lines);
  }

  long written() {
    return written.sum();
  }

  long lost() {
    return lost.sum();
  }

  void register(PrometheusRegistry registry) {
    CounterWithCallback.builder()
        .name("coffer_audit_lines_total")
        .help("Lines of the audit log that are in the file, or that the collector took.")
        .callback(counter -> counter.call(written()))
        .register(registry);
    CounterWithCallback.builder()
        .name("coffer_audit_lost_lines_total")
        .help(
            "Lines of the audit log that could not be written, or that no collector took in time.")
        .callback(counter -> counter.call(lost()))
        .register(registry);
  }
}
