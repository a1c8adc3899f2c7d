package io.coffer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/memory}: memory per request is constant, shown with many and with large objects. */
@Command(
    name = "memory",
    showDefaultValues = true,
    description = {
      "Starts a Coffer server in a directory of its own, uploads many objects at once, downloads"
          + " them at once, then one very large object in parts and back, compares every byte, and"
          + " prints the peak of the server's resident memory in each phase. Ends with 1 when a"
          + " peak reaches the limit. The directory needs room for the objects and is removed.",
      ""
    })
final class MemoryCommand implements Callable<Integer> {
  private static final double MIB = 1 << 20;
  private static final long PART_BYTES = 64L << 20;
  private static final int PARTS_AT_ONCE = 4;
  private static final String LARGE_KEY = "large";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean help;

  @Option(names = "--objects", description = "how many at once")
  private int objects = 64;

  @Option(names = "--size", description = "of each of them")
  private String size = "256m";

  @Option(names = "--large", description = "size of the one large object")
  private String large = "8g";

  @Option(names = "--limit", description = "of the server's resident memory")
  private String limit = "512m";

  @Option(names = "--dir", description = "where the data directory is made; default: the system's")
  private @Nullable Path directory;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path scratch =
        directory == null
            ? Files.createTempDirectory("coffer-memory")
            : Files.createTempDirectory(directory, "coffer-memory");
    Path launcher = Path.of(System.getProperty("coffer.root", ".")).resolve("coffer");
    CofferProcess.build(launcher);
    try (var server =
        CofferProcess.start(launcher, scratch.resolve("data"), scratch.resolve("log"))) {
      return run(server.endpoint()) ? 0 : 1;
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } finally {
      Folders.delete(scratch);
    }
  }

  private boolean run(Endpoint server)
      throws IOException, InterruptedException, ExecutionException {
    long each = Bytes.parse(size);
    long one = Bytes.parse(large);
    var phases = new Phases(server.pid(), Bytes.parse(limit));
    System.out.println("| phase | seconds | peak RSS MiB |\n|---|---|---|");
    phases.run("idle after start", () -> {});
    var content = new Content(2);
    var requests = new RequestFactory(server, "us-east-1", InstantSource.system());
    IntFunction<Bucket> buckets = i -> new Bucket(server, requests, content, "memory");
    try (var bucket = buckets.apply(0)) {
      bucket.create();
    }
    String many = objects + " objects of " + Bytes.format(each) + " at once, ";
    phases.run(many + "up", () -> each(buckets, (bucket, i) -> bucket.put("many/" + i, each)));
    phases.run(many + "down", () -> each(buckets, (bucket, i) -> bucket.check("many/" + i, each)));
    each(buckets, (bucket, i) -> bucket.delete("many/" + i));
    String single = "one object of " + Bytes.format(one) + ", ";
    phases.run(single + "up in parts", () -> upload(buckets, one));
    try (var bucket = buckets.apply(0)) {
      phases.run(single + "down", () -> bucket.check(LARGE_KEY, one));
    }
    return phases.verdict();
  }

  /** A step of one of the connections. */
  @FunctionalInterface
  private interface Step {
    void run(Bucket bucket, int index) throws IOException;
  }

  /** The step for every object, all at once, each on a connection of its own. */
  private void each(IntFunction<Bucket> buckets, Step step)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(objects)) {
      var futures = new ArrayList<Future<?>>();
      for (int i = 0; i < objects; i++) {
        int index = i;
        futures.add(
            threads.submit(
                () -> {
                  try (var bucket = buckets.apply(index)) {
                    step.run(bucket, index);
                  }
                  return null;
                }));
      }
      for (var future : futures) {
        future.get();
      }
    }
  }

  private static void upload(IntFunction<Bucket> buckets, long length)
      throws IOException, InterruptedException, ExecutionException {
    try (var bucket = buckets.apply(0);
        var threads = Executors.newFixedThreadPool(PARTS_AT_ONCE)) {
      String upload = bucket.createUpload(LARGE_KEY);
      var parts = new ArrayList<Future<String>>();
      for (long at = 0; at < length; at += PART_BYTES) {
        long offset = at;
        int number = parts.size() + 1;
        parts.add(
            threads.submit(
                () -> {
                  try (var part = buckets.apply(number)) {
                    long bytes = Math.min(PART_BYTES, length - offset);
                    return part.putPart(LARGE_KEY, upload, number, offset, bytes);
                  }
                }));
      }
      List<String> etags = new ArrayList<>();
      for (var part : parts) {
        etags.add(part.get());
      }
      bucket.completeUpload(LARGE_KEY, upload, etags);
    }
  }

  /** What happens in a phase. */
  @FunctionalInterface
  private interface Phase {
    void run() throws IOException, InterruptedException, ExecutionException;
  }

  /** Runs phases and remembers the highest peak. */
  private static final class Phases {
    private final Sampler sampler;
    private final long limit;
    private long highest;

    Phases(long pid, long limit) {
      this.sampler = new Sampler(pid);
      this.limit = limit;
    }

    void run(String name, Phase phase)
        throws IOException, InterruptedException, ExecutionException {
      if (highest > 0) {
        sampler.reset();
      }
      long begin = System.nanoTime();
      phase.run();
      double seconds = (System.nanoTime() - begin) / 1e9;
      long peak = sampler.peakBytes();
      highest = Math.max(highest, peak);
      System.out.printf("| %s | %.1f | %.0f |%n", name, seconds, peak / MIB);
    }

    boolean verdict() {
      boolean held = highest < limit;
      System.out.printf(
          "%nThe highest peak is %.0f MiB: %s the limit of %s.%n",
          highest / MIB, held ? "under" : "NOT under", Bytes.format(limit));
      return held;
    }
  }
}
