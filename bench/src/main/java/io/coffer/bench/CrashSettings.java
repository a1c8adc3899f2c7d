package io.coffer.bench;

import java.nio.file.Path;

/**
 * How a trial is run.
 *
 * @param launcher the script {@code coffer}
 * @param directory for the server's data and logs; empty
 * @param connections that write at once
 * @param longestMillis of load before the kill
 * @param sabotage whether a file is deleted behind the server's back in each round
 */
record CrashSettings(
    Path launcher,
    Path directory,
    long seed,
    int connections,
    int longestMillis,
    boolean sabotage) {
  /** Load before a kill, at least. */
  static final int SHORTEST_MILLIS = 50;

  /**
   * @throws IllegalArgumentException for connections or a load that make no sense
   */
  CrashSettings {
    if (connections < 1 || connections > 99) {
      throw new IllegalArgumentException("--connections takes 1 to 99");
    }
    if (longestMillis < SHORTEST_MILLIS) {
      throw new IllegalArgumentException("--longest takes at least " + SHORTEST_MILLIS);
    }
  }
}
