package io.coffer.bench;

import io.coffer.bench.StoreTrial.Stop;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/store}: disk, memory, and the time to start again, with very many objects. */
@Command(
    name = "store",
    showDefaultValues = true,
    description = {
      "Starts a Coffer server on a data directory, fills it with very many objects, and prints:",
      "seconds to ready with an empty store, with and without the JVM's AOT cache; memory and CPU"
          + " at rest, empty and full; bytes on disk per object; and seconds to ready with the full"
          + " store, after SIGTERM and after SIGKILL. Before each of these ends, 64 connections"
          + " overwrite objects, so that there is a log to replay.",
      "",
      "To ready is from ./coffer to the line that says so; ./coffer's own look whether a source is"
          + " newer than the build is part of it.",
      "",
      "  bench/store --objects 100000",
      "  bench/store --data DIR --keep    fills DIR, if an earlier run has not",
      "",
      "The bucket is the one of bench/million. A million objects of 1 KiB take 2 to 5 GB.",
      ""
    })
final class StoreCommand implements Callable<Integer> {
  private static final double MIB = 1 << 20;
  private static final int PER_FOLDER = 100;
  private static final String BUCKET = "coffer-million";
  // java(1): the archive that ./coffer names is left aside.
  private static final String NO_CACHE = "-XX:AOTMode=off";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean help;

  @Option(names = "--objects", description = "how many")
  private long objects = 1_000_000;

  @Option(names = "--size", description = "of each of them")
  private String size = "1k";

  @Option(names = "--connections", description = "that fill and overwrite")
  private int connections = 64;

  @Option(names = "--starts", description = "of an empty store, with and without the cache each")
  private int starts = 5;

  @Option(names = "--restarts", description = "of the full store, by each signal")
  private int restarts = 3;

  @Option(names = "--load-seconds", description = "of overwriting before each restart")
  private double loadSeconds = 2;

  @Option(names = "--idle-seconds", description = "of watching the server at rest")
  private double idleSeconds = 10;

  @Option(names = "--data", description = "the data directory; default: a new one")
  private @Nullable Path data;

  @Option(names = "--dir", description = "where other directories are made; default: the system's")
  private @Nullable Path directory;

  @Option(names = "--keep", description = "leave the data directory of --data with its objects")
  private boolean keep;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Content content = new Content(4);

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (restarts < 1 || starts < 1 || connections < 1 || loadSeconds < 0 || idleSeconds <= 0) {
      throw new IllegalArgumentException("starts, restarts, connections and seconds are positive");
    }
    if (keep && data == null) {
      throw new IllegalArgumentException("--keep is for a directory that --data names");
    }
    Path scratch =
        directory == null
            ? Files.createTempDirectory("coffer-store")
            : Files.createTempDirectory(directory, "coffer-store");
    Path launcher = Path.of(System.getProperty("coffer.root", ".")).resolve("coffer");
    Path store = data == null ? scratch.resolve("data") : data;
    boolean filledBefore = Files.exists(store);
    try (var trial = new StoreTrial(launcher, store, scratch.resolve("log"))) {
      CofferProcess.build(launcher);
      out.print(
          Report.setting("%,d objects of %s".formatted(objects, Bytes.format(Bytes.parse(size)))));
      out.print("| what | median | min–max |\n|---|---|---|\n");
      emptyStarts(launcher, scratch);
      trial.start("");
      idle("at rest, " + (filledBefore ? "as it was" : "empty"), trial);
      fill(trial);
      disk("after loading", trial);
      restarts(trial);
      idle("at rest, full, just started", trial);
      disk("after restarts and overwriting", trial);
    } finally {
      Folders.delete(scratch);
      // A directory that was there before the run is not ours to delete.
      if (data != null && !keep && !filledBefore) {
        Folders.delete(data);
      }
    }
    return 0;
  }

  private void emptyStarts(Path launcher, Path scratch) throws IOException, InterruptedException {
    double[][] seconds = new double[2][starts];
    double[][] memory = new double[2][starts];
    for (int round = 0; round < starts; round++) {
      for (int off = 0; off < 2; off++) {
        Path empty = scratch.resolve("empty");
        try (var trial = new StoreTrial(launcher, empty, scratch.resolve("empty.log"))) {
          seconds[off][round] = trial.start(off == 0 ? "" : NO_CACHE);
          memory[off][round] = trial.usage().rssBytes() / MIB;
        }
        Folders.delete(empty);
      }
    }
    for (int off = 0; off < 2; off++) {
      String what = off == 0 ? "with the AOT cache" : "without the AOT cache";
      line("start to ready, empty, " + what + ", s", Spread.of(seconds[off]));
      line("RSS then, MiB", Spread.of(memory[off]));
    }
  }

  private void idle(String when, StoreTrial trial) throws IOException, InterruptedException {
    var idle = trial.idle(idleSeconds);
    line(when + ": RSS, MiB", idle.rssBytes() / MIB);
    line(when + ": CPU, % of one core", idle.cpu() * 100);
  }

  private void fill(StoreTrial trial) throws IOException, InterruptedException {
    FilledBucket bucket = bucket(trial);
    if (bucket.isFilled()) {
      System.err.println(bucket.name() + " is there and complete");
      return;
    }
    bucket.create();
    Filling filling = bucket.fill(connections);
    Round round = filling.round();
    line("loading, objects/s", Spread.of(filling.rates()));
    line("loading, CPU µs per object", round.cpuMicrosPerRequest());
    line("after loading: RSS, MiB", round.after().rssBytes() / MIB);
    line("after loading: peak RSS, MiB", round.after().peakBytes() / MIB);
  }

  private FilledBucket bucket(StoreTrial trial) {
    var requests = new RequestFactory(trial.endpoint(), "us-east-1", InstantSource.system());
    long bytes = Bytes.parse(size);
    var layout = new KeyLayout(objects, PER_FOLDER);
    return new FilledBucket(
        trial.endpoint(),
        requests,
        content,
        layout.bucketName(BUCKET, bytes),
        layout,
        index -> bytes,
        System.err::println);
  }

  private void disk(String when, StoreTrial trial) throws IOException, InterruptedException {
    for (var part : trial.parts()) {
      line(when + ": " + part.name() + ", MiB", part.bytes() / MIB);
      line(when + ": " + part.name() + ", bytes per object", (double) part.bytes() / objects);
    }
  }

  private void restarts(StoreTrial trial) throws IOException, InterruptedException {
    var stops = new EnumMap<Stop, List<Double>>(Stop.class);
    var readies = new EnumMap<Stop, List<Double>>(Stop.class);
    for (int round = 0; round < restarts; round++) {
      for (Stop how : Stop.values()) {
        overwrite(trial, round);
        stops.computeIfAbsent(how, key -> new ArrayList<>()).add(trial.stop(how));
        readies.computeIfAbsent(how, key -> new ArrayList<>()).add(trial.start(""));
      }
    }
    for (Stop how : Stop.values()) {
      line(how + " to its end, s", spread(stops.getOrDefault(how, List.of())));
      line("start to ready after " + how + ", s", spread(readies.getOrDefault(how, List.of())));
    }
  }

  private void overwrite(StoreTrial trial, int round) throws IOException, InterruptedException {
    if (loadSeconds > 0) {
      FilledBucket bucket = bucket(trial);
      var window = Window.of(loadSeconds);
      Round overwritten = bucket.run(window, bucket.overwrites(connections, round));
      if (overwritten.errors() > 0) {
        throw new IOException("overwriting failed: " + overwritten.firstError());
      }
    }
  }

  private static Spread spread(List<Double> figures) {
    return Spread.of(figures.stream().mapToDouble(figure -> figure).toArray());
  }

  private void line(String what, double figure) {
    out.printf("| %s | %s | |%n", what, Report.number(figure));
  }

  private void line(String what, Spread figures) {
    out.printf(
        "| %s | %s | %s–%s |%n",
        what,
        Report.number(figures.median()),
        Report.number(figures.min()),
        Report.number(figures.max()));
  }
}
