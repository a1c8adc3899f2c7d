package io.coffer.server;

import io.coffer.api.AccessEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per request: the entry travels as the event's argument, {@link LogLine} writes it. */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.ACCESS);

  private AccessLog() {}

  static void log(AccessEntry entry) {
    LOG.info("{}", entry);
  }
}
