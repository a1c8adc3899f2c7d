package io.coffer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The peak of a process's resident memory within a phase. */
final class Sampler {
  // proc(5), clear_refs: 5 sets the peak (VmHWM) back to what is resident now.
  private static final String RESET_PEAK = "5";

  private final long pid;

  Sampler(long pid) {
    this.pid = pid;
  }

  /** Forgets the peak until now. */
  void reset() throws IOException {
    Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), RESET_PEAK);
  }

  /** The highest since the last {@link #reset}, as the kernel keeps it; nothing slips through. */
  long peakBytes() throws IOException {
    return ProcessUsage.of(pid).peakBytes();
  }
}
