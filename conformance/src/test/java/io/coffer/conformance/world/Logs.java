package io.coffer.conformance.world;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The logs of what is tested by breaking it. */
final class Logs {
  /** Held, since what is said of a logger is forgotten with it. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("io.coffer.storage"), Logger.getLogger("io.coffer.service"));

  private Logs() {}

  /** Says nothing any more of stray files, damaged blobs and failed requests. */
  static void quiet() {
    LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
  }
}
