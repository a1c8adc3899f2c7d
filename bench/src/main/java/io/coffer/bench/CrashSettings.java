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
    boolean sabotage) {}
