package io.coffer.model;

/** How an instant is written: in XML, in headers, or as seconds. */
public enum TimestampFormat {
  /** {@code 2026-01-31T12:00:00.000Z}: milliseconds, in XML. */
  ISO_8601,
  /** {@code 2026-01-31T12:00:00Z}: whole seconds, in the XML of IAM and STS. */
  ISO_8601_SECONDS,
  /** {@code Sat, 31 Jan 2026 12:00:00 GMT}: RFC 9110 IMF-fixdate, whole seconds, in headers. */
  HTTP_DATE,
  /** Seconds since 1970, UTC. */
  EPOCH_SECONDS
}
