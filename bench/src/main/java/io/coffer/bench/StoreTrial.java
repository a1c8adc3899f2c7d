package io.coffer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One data directory, whose server is stopped and started. Not thread-safe. */
final class StoreTrial implements Closeable {
  private final Path launcher;
  private final Path data;
  private final Path log;
  private @Nullable CofferProcess server;

  StoreTrial(Path launcher, Path data, Path log) {
    this.launcher = launcher;
    this.data = data;
    this.log = log;
  }

  /** How the server is made to end. */
  enum Stop {
    SIGTERM,
    SIGKILL
  }

  /**
   * Starts it, and says how many seconds it took from the launcher's first instruction to the line
   * that says it is ready; the launcher's look for changed sources is in it.
   *
   * @param javaOptions further options of the JVM
   */
  double start(String javaOptions) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var settings = List.of("--access-log", "off");
    server = CofferProcess.launch(launcher, data, log, settings, javaOptions);
    server.awaitReady();
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Ends it, and says how many seconds that took. */
  double stop(Stop how) throws InterruptedException {
    long begin = System.nanoTime();
    if (how == Stop.SIGKILL) {
      running().kill();
    } else {
      running().close();
    }
    server = null;
    return (System.nanoTime() - begin) / 1e9;
  }

  Endpoint endpoint() {
    return running().endpoint();
  }

  private CofferProcess running() {
    if (server == null) {
      throw new IllegalStateException("the server does not run");
    }
    return server;
  }

  ProcessUsage usage() throws IOException {
    return ProcessUsage.of(endpoint().pid());
  }

  /**
   * Lets it alone for so long.
   *
   * @return its memory, and the share of one processor that it took meanwhile, from 0 to 1
   */
  Idle idle(double seconds) throws IOException, InterruptedException {
    ProcessUsage before = usage();
    Thread.sleep((long) (seconds * 1000));
    ProcessUsage after = usage();
    double cpu = (after.cpuMicros() - before.cpuMicros()) / 1e6 / seconds;
    return new Idle(after.rssBytes(), cpu);
  }

  record Idle(long rssBytes, double cpu) {}

  /** What parts of the data directory take, and the whole. */
  List<Part> parts() throws IOException, InterruptedException {
    var parts = new ArrayList<Part>();
    for (String name : List.of("rows", "blobs")) {
      parts.add(new Part(name + "/", DiskUse.bytes(data.resolve(name))));
    }
    parts.add(new Part("all", DiskUse.bytes(data)));
    return parts;
  }

  record Part(String name, long bytes) {}

  /** Stops it if it runs. */
  @Override
  public void close() {
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
