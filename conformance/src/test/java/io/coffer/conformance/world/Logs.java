package io.coffer.conformance.world;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The logs of what is tested by breaking it. */
final class Logs {
  private static final List<String> TALKERS = List.of("io.coffer.storage", "io.coffer.service");

  private Logs() {}

  /** Says nothing any more of stray files, damaged blobs and failed requests. */
  static void quiet() {
    for (var name : TALKERS) {
      if (LoggerFactory.getLogger(name) instanceof Logger logger) {
        logger.setLevel(Level.OFF);
      }
    }
  }
}
