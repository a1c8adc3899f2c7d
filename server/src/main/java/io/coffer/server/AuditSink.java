package io.coffer.server;

/** Where lines of the audit log go. A fault of it stops no request. Thread-safe. */
interface AuditSink extends AutoCloseable {
  /**
   * Takes a line, or counts it as lost. Throws nothing.
   *
   * @param line with its end
   */
  void write(String line);

  /** Writes what it has, as far as that goes within seconds. */
  @Override
  void close();
}
