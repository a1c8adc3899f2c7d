package io.coffer.api;

/** Gives the figures of the server to who asks for {@code /-/metrics}. Thread-safe. */
public interface MetricsSource {
  /** The format of the page, as the header Content-Type says it. */
  String contentType();

  /** All figures, as they are now. */
  byte[] page();
}
