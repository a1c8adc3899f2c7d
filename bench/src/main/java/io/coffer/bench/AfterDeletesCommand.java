package io.coffer.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/after-deletes}: reads and writes while the store is still busy with deletions. */
@Command(
    name = "after-deletes",
    showDefaultValues = true,
    description = {
      "Fills a bucket with objects of 4 and 64 KiB, half and half, measures rows of bench/load in"
          + " another bucket, deletes the objects by DeleteObjects (1,000 with each request, 8"
          + " connections), and measures the same rows at once again, while the server gives back"
          + " their space. Prints a Markdown table with both and their ratio. CPU time is that of"
          + " the server's process, so what it does in the background is in it.",
      "",
      "  bench/after-deletes --endpoint coffer=http://127.0.0.1:9000,KEY,SECRET,PID",
      "",
      "100,000 objects are 3.5 GB on the server's disk. All is removed at the end. Several"
          + " endpoints are measured one after the other.",
      ""
    })
final class AfterDeletesCommand implements Callable<Integer> {
  private static final int PER_FOLDER = 1000;
  private static final long SMALL_BYTES = 4 << 10;
  private static final long LARGE_BYTES = 64 << 10;

  @Mixin private Endpoints endpoints = new Endpoints();

  @Option(names = "--objects", description = "that are deleted")
  private long objects = 100_000;

  @Option(names = "--work", split = ",", paramLabel = "WORK", description = "as of bench/load")
  private List<String> works = List.of("get4k", "put4k");

  @Option(names = "--connections", split = ",", description = "how many at once")
  private List<Integer> connections = List.of(8, 64);

  @Option(names = "--loaders", description = "connections that fill the bucket")
  private int loaders = 64;

  @Option(names = "--rounds", description = "timed windows of each line, before and after each")
  private int rounds = 5;

  @Option(names = "--seconds", description = "length of a window")
  private double seconds = 2;

  @Option(names = "--settle", description = "seconds between filling and the first window")
  private double settle = 20;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Content content = new Content(5);

  /** A line of the table. */
  private record Line(Work work, int connections) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Endpoint> servers = endpoints.servers();
    List<Work> plan = works.stream().map(Work::parse).toList();
    if (rounds < 1 || seconds <= 0 || settle < 0 || loaders < 1) {
      throw new IllegalArgumentException("rounds, seconds and loaders must be positive");
    }
    if (connections.isEmpty() || connections.stream().anyMatch(number -> number < 1)) {
      throw new IllegalArgumentException("connections must be positive");
    }
    out.print(Report.setting(options()));
    var lines = new StringBuilder(AfterDeletesReport.head());
    for (Endpoint server : servers) {
      lines.append(measure(server, plan));
    }
    out.print("\n" + lines);
    return 0;
  }

  private String measure(Endpoint server, List<Work> plan)
      throws IOException, InterruptedException {
    String name = "coffer-bench-" + Integer.toHexString(new SecureRandom().nextInt());
    var requests = new RequestFactory(server, endpoints.region(), InstantSource.system());
    var layout = new KeyLayout(objects, PER_FOLDER);
    var doomed =
        new FilledBucket(
            server,
            requests,
            content,
            name + "-doomed",
            layout,
            index -> index % 2 == 0 ? SMALL_BYTES : LARGE_BYTES,
            AfterDeletesCommand::say);
    var load = new Load(server, requests, content, name, false);
    try {
      load.prepare(plan);
      doomed.create();
      doomed.fill(loaders);
      Thread.sleep((long) (settle * 1000));
      windows(load, plan, 1);
      Map<Line, List<Round>> before = windows(load, plan, rounds);
      long begin = System.nanoTime();
      Round deletion = doomed.empty().round();
      Map<Line, List<Round>> after = windows(load, plan, rounds);
      out.print(deletion(server, deletion, (System.nanoTime() - begin) / 1e9));
      return report(server, before, after);
    } finally {
      cleanUp(load, doomed, plan);
    }
  }

  /** All lines in turns, so that each has windows early and late. */
  private Map<Line, List<Round>> windows(Load load, List<Work> plan, int count)
      throws IOException, InterruptedException {
    var results = new LinkedHashMap<Line, List<Round>>();
    for (int round = 1; round <= count; round++) {
      for (Work work : plan) {
        for (int number : connections) {
          Round result = load.run(work, number, seconds);
          results.computeIfAbsent(new Line(work, number), line -> new ArrayList<>()).add(result);
          say(
              "%s, %d connections, round %d: %s %s/s"
                  .formatted(
                      work.name(),
                      number,
                      round,
                      load.endpoint().name(),
                      Report.number(result.requestsPerSecond())));
        }
      }
    }
    return results;
  }

  private String deletion(Endpoint server, Round deletion, double secondsToEnd) {
    double cpu = (double) deletion.cpuMicros() / objects;
    return ("%s: %,d objects deleted in %s s, %s objects/s%s; the last window ended %s s after"
            + " the first request to delete.%n")
        .formatted(
            server.name(),
            objects,
            Report.number(deletion.seconds()),
            Report.number(objects / deletion.seconds()),
            server.pid() == 0 ? "" : ", CPU " + Report.number(cpu) + " µs each",
            Report.number(secondsToEnd));
  }

  private static String report(
      Endpoint server, Map<Line, List<Round>> before, Map<Line, List<Round>> after) {
    var lines = new StringBuilder();
    before.forEach(
        (line, rounds) ->
            lines.append(
                AfterDeletesReport.lines(
                    line.work().name(),
                    line.connections(),
                    server,
                    rounds,
                    after.getOrDefault(line, List.of()))));
    return lines.toString();
  }

  private void cleanUp(Load load, FilledBucket doomed, List<Work> plan)
      throws InterruptedException {
    try (load) {
      load.cleanUp(plan, Collections.max(connections));
      // Once more: the run may have ended before it deleted them.
      doomed.empty();
      doomed.remove();
    } catch (IOException | UncheckedIOException e) {
      say("could not clean up " + load.endpoint() + ": " + e.getMessage());
    }
  }

  private String options() {
    return "%,d objects of 4 and 64 KiB deleted; %d rounds of %s s before and after"
        .formatted(objects, rounds, Report.number(seconds));
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
