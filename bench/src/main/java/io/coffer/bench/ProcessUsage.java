package io.coffer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a process and its living children have taken so far, from Linux's proc(5).
 *
 * @param cpuMicros user and system time, in steps of 10 ms
 * @param rssBytes resident now
 * @param peakBytes the highest that was ever resident (VmHWM)
 */
record ProcessUsage(long cpuMicros, long rssBytes, long peakBytes) {
  static final ProcessUsage UNKNOWN = new ProcessUsage(0, 0, 0);

  private static final Path PROC = Path.of("/proc");
  // USER_HZ is 100 on every Linux that Java runs on.
  private static final long MICROS_PER_TICK = 10_000;

  /**
   * @param pid 0 for none
   * @throws IOException if there is no such process
   */
  static ProcessUsage of(long pid) throws IOException {
    return pid == 0 ? UNKNOWN : of(PROC, pid);
  }

  static ProcessUsage of(Path proc, long pid) throws IOException {
    if (!Files.isDirectory(proc.resolve(Long.toString(pid)))) {
      throw new IOException("there is no process " + pid);
    }
    Map<Long, List<Long>> children = children(proc);
    var usage = UNKNOWN;
    var todo = new ArrayDeque<Long>(List.of(pid));
    while (!todo.isEmpty()) {
      long next = todo.remove();
      todo.addAll(children.getOrDefault(next, List.of()));
      try {
        usage = usage.plus(single(proc.resolve(Long.toString(next))));
      } catch (IOException e) {
        if (next == pid) {
          throw e;
        }
        // a child that ended meanwhile
      }
    }
    return usage;
  }

  private ProcessUsage plus(ProcessUsage other) {
    return new ProcessUsage(
        cpuMicros + other.cpuMicros, rssBytes + other.rssBytes, peakBytes + other.peakBytes);
  }

  private static ProcessUsage single(Path directory) throws IOException {
    String[] stat = statFields(directory);
    long ticks = Long.parseLong(stat[11]) + Long.parseLong(stat[12]);
    long rss = 0;
    long peak = 0;
    for (String line : Files.readAllLines(directory.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        rss = kibibytes(line);
      } else if (line.startsWith("VmHWM:")) {
        peak = kibibytes(line);
      }
    }
    return new ProcessUsage(ticks * MICROS_PER_TICK, rss, peak);
  }

  /** The fields of stat from the third on: the second, a name, may hold blanks and brackets. */
  private static String[] statFields(Path directory) throws IOException {
    String stat = Files.readString(directory.resolve("stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  private static long kibibytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
  }

  private static Map<Long, List<Long>> children(Path proc) throws IOException {
    var children = new HashMap<Long, List<Long>>();
    try (var entries = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path entry : entries) {
        try {
          long parent = Long.parseLong(statFields(entry)[1]);
          children
              .computeIfAbsent(parent, p -> new ArrayList<>())
              .add(Long.parseLong(entry.getFileName().toString()));
        } catch (IOException e) {
          // ended meanwhile
        }
      }
    }
    return children;
  }
}
