package io.coffer.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/snapshot}: how long a backup takes, and what it costs those who write meanwhile. */
@Command(
    name = "snapshot",
    showDefaultValues = true,
    description = {
      "Starts a Coffer server in a directory of its own, loads it, makes snapshots with the coffer"
          + " command while writers go on, restores the first one, and compares a sample and every"
          + " write that was acknowledged before. Says how long each step took, and the longest"
          + " that a writer waited. The directory is removed.",
      ""
    })
final class SnapshotCommand implements Callable<Integer> {
  private static final long SEED = 20_261_124;
  private static final long QUIET_MILLIS = 5_000;
  private static final String BUCKET = "snapshot";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean help;

  @Option(names = "--objects", description = "how many are loaded")
  private int objects = 1_000_000;

  @Option(names = "--small", description = "size of nine of ten")
  private String small = "1k";

  @Option(names = "--large", description = "size of each tenth, which has a file of its own")
  private String large = "20k";

  @Option(names = "--connections", description = "that load")
  private int connections = 64;

  @Option(names = "--writers", description = "that write while snapshots are made")
  private int writers = 16;

  @Option(names = "--rounds", description = "snapshots")
  private int rounds = 5;

  @Option(names = "--sample", description = "loaded objects that are compared after restoring")
  private int sample = 5_000;

  @Option(names = "--dir", description = "where the data directory is made; default: the system's")
  private @Nullable Path directory;

  private final Content content = new Content(2);
  private final Path launcher =
      Path.of(System.getProperty("coffer.root", ".")).resolve("coffer").toAbsolutePath();
  private long smallBytes;
  private long largeBytes;

  /** A moment at which a snapshot was asked for, and one at which it was there. */
  private record Span(long begin, long end) {
    double seconds() {
      return (end - begin) / 1e9;
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    smallBytes = Bytes.parse(small);
    largeBytes = Bytes.parse(large);
    Path scratch =
        directory == null
            ? Files.createTempDirectory("coffer-snapshot")
            : Files.createTempDirectory(directory, "coffer-snapshot");
    var data = scratch.resolve("data");
    var restored = scratch.resolve("restored");
    try {
      List<Integer> before;
      SteadyWriters finished;
      try (var server = CofferProcess.start(launcher, data, scratch.resolve("log"))) {
        load(server.endpoint());
        try (var steady = steady(server.endpoint())) {
          before = snapshots(steady, data);
          finished = steady;
        }
        System.out.print(run("list", data.toString(), "--held").text());
        print("restore", run("restore", data.toString(), "s1", restored.toString()).span());
        print("delete", run("delete", data.toString(), "s1").span());
      }
      compare(restored, scratch.resolve("log2"), finished, before);
      return 0;
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } finally {
      delete(scratch);
    }
  }

  private SteadyWriters steady(Endpoint server) {
    return new SteadyWriters(() -> bucket(server), writers, smallBytes, largeBytes);
  }

  private Bucket bucket(Endpoint server) {
    var requests = new RequestFactory(server, "us-east-1", InstantSource.system());
    return new Bucket(server, requests, content, BUCKET);
  }

  private long bytes(int number) {
    return number % 10 == 0 ? largeBytes : smallBytes;
  }

  private static String key(int number) {
    return "%03d/%06d".formatted(number % 1_000, number / 1_000);
  }

  private void load(Endpoint server) throws IOException, InterruptedException, ExecutionException {
    try (var bucket = bucket(server)) {
      bucket.create();
    }
    long begin = System.nanoTime();
    var next = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(connections)) {
      var all = new ArrayList<Future<?>>();
      for (int i = 0; i < connections; i++) {
        all.add(
            threads.submit(
                () -> {
                  try (var bucket = bucket(server)) {
                    for (int n = next.getAndIncrement(); n < objects; n = next.getAndIncrement()) {
                      bucket.put(key(n), bytes(n));
                    }
                  }
                  return null;
                }));
      }
      for (var one : all) {
        one.get();
      }
    }
    print("load of %,d objects".formatted(objects), new Span(begin, System.nanoTime()));
  }

  /** Makes them; says how many writes of each writer were acknowledged before the first. */
  private List<Integer> snapshots(SteadyWriters steady, Path data)
      throws IOException, InterruptedException {
    List<Integer> before = List.of();
    var spans = new ArrayList<Span>();
    long begin = System.nanoTime();
    for (int round = 1; round <= rounds; round++) {
      Thread.sleep(QUIET_MILLIS);
      before = round == 1 ? steady.acknowledged() : before;
      var made = run("create", data.toString(), "s" + round);
      System.out.print(made.text());
      spans.add(made.span());
    }
    Thread.sleep(QUIET_MILLIS);
    long end = System.nanoTime();
    steady.end();
    System.out.println("\n| writers | seconds | puts/s | p50 ms | p99 ms | longest ms |");
    System.out.println("|---|---|---|---|---|---|");
    long from = begin;
    for (int round = 0; round < rounds; round++) {
      waits(steady, "undisturbed", new Span(from, spans.get(round).begin()));
      waits(steady, "during s" + (round + 1), spans.get(round));
      from = spans.get(round).end();
    }
    waits(steady, "undisturbed", new Span(from, end));
    System.out.println();
    return before;
  }

  private static void waits(SteadyWriters steady, String when, Span span) {
    var micros = steady.between(span.begin(), span.end());
    System.out.printf(
        "| %s | %.2f | %,.0f | %.2f | %.2f | %.1f |%n",
        when,
        span.seconds(),
        micros.getTotalCount() / span.seconds(),
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getMaxValue() / 1e3);
  }

  private void compare(Path restored, Path log, SteadyWriters steady, List<Integer> before)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (var server = CofferProcess.start(launcher, restored, log);
        var bucket = bucket(server.endpoint())) {
      print("start on what was restored", new Span(begin, System.nanoTime()));
      var random = new Random(SEED);
      for (int i = 0; i < sample; i++) {
        int number = random.nextInt(objects);
        bucket.check(key(number), bytes(number));
      }
      long during = steady.check(bucket, before);
      System.out.printf(
          "Compared %,d of the loaded objects and all %,d that were written before the snapshot.%n",
          sample, during);
    }
  }

  private record Ran(String text, Span span) {}

  /** Runs {@code coffer snapshot}. */
  private Ran run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(launcher.toString(), "snapshot"));
    command.addAll(List.of(arguments));
    long begin = System.nanoTime();
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + text);
    }
    return new Ran(text, new Span(begin, System.nanoTime()));
  }

  private static void print(String what, Span span) {
    System.out.printf("%s: %.2f s%n", what, span.seconds());
  }

  private static void delete(Path directory) throws IOException {
    try (var walk = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) walk.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }
}
