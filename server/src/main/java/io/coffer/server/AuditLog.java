package io.coffer.server;

import io.coffer.api.AccessEntry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line for each request: who asked for what, and what was decided. It has nothing
 * of a request that could be a secret: no header but what the fields say, and no query.
 * Thread-safe.
 */
final class AuditLog implements AutoCloseable {
  private final AuditCounts counts;
  private final @Nullable AuditSink sink;

  private AuditLog(AuditCounts counts, @Nullable AuditSink sink) {
    this.counts = counts;
    this.sink = sink;
  }

  /**
   * Opens it.
   *
   * @throws UsageException the file cannot be written
   */
  static AuditLog open(AuditOptions options) {
    var counts = new AuditCounts();
    var file = options.file();
    var collector = options.collector();
    if (collector != null) {
      return new AuditLog(counts, AuditCollector.start(collector, counts));
    }
    if (file == null) {
      return new AuditLog(counts, null);
    }
    try {
      return new AuditLog(
          counts, AuditFile.open(file, options.fileBytes(), options.files(), counts));
    } catch (IOException e) {
      throw UsageException.failed(
          "The audit log cannot be written (%s); mend that, or choose another file with %s."
              .formatted(Messages.of(e), Setting.AUDIT_LOG.flag()),
          e);
    }
  }

  AuditCounts counts() {
    return counts;
  }

  void log(AccessEntry entry) {
    if (sink != null) {
      sink.write(line(entry));
    }
  }

  static String line(AccessEntry entry) {
    var line = new JsonLine();
    line.add("time", entry.time().toString());
    line.add("requestId", entry.requestId());
    line.add("source", entry.remote());
    line.add("secure", entry.secure());
    line.add("account", entry.accountId());
    line.add("principal", entry.principal());
    line.add("accessKeyId", entry.accessKeyId());
    line.add("service", entry.service());
    line.add("action", entry.operation());
    line.add("bucket", entry.bucket());
    line.add("key", entry.key());
    var decision = entry.decision();
    line.add("decision", decision == null ? null : decision.label());
    line.add("status", entry.status());
    line.add("errorCode", entry.errorCode());
    line.add("bytesIn", entry.bytesIn());
    line.add("bytesOut", entry.bytesOut());
    line.add("durationMicros", entry.durationMicros());
    return line.end();
  }

  @Override
  public void close() {
    if (sink != null) {
      sink.close();
    }
  }
}
