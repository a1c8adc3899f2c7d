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

/** {@code bench/load}: several endpoints, in turns, under the same load. */
@Command(
    name = "load",
    showDefaultValues = true,
    description = {
      "Loads S3 endpoints with signed requests, in turns (A B A B ...), and prints a Markdown"
          + " table: medians over the rounds, ratios to the first endpoint.",
      "Each connection sends its next request when the last one is answered. With the pid of a"
          + " server, the CPU time and memory of it and its children are measured too. What the run"
          + " puts into its bucket it removes at the end.",
      ""
    })
final class LoadCommand implements Callable<Integer> {
  @Mixin private Endpoints endpoints = new Endpoints();

  @Option(
      names = "--work",
      split = ",",
      paramLabel = "WORK",
      description = "get, put or head with a size, or list (a page of 1,000 keys)")
  private List<String> works =
      List.of("get4k", "put4k", "get1m", "put1m", "get64m", "put64m", "head4k", "list");

  @Option(names = "--connections", split = ",", description = "how many at once")
  private List<Integer> connections = List.of(1, 8, 64);

  @Option(names = "--rounds", description = "timed windows for each line of the table")
  private int rounds = 5;

  @Option(names = "--seconds", description = "length of a window")
  private double seconds = 3;

  @Option(names = "--warmup", description = "seconds of load before the first window of a line")
  private double warmup = 2;

  @Option(names = "--hash", description = "sign the SHA-256 of bodies, not UNSIGNED-PAYLOAD")
  private boolean hash;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Endpoint> servers = endpoints.servers();
    List<Work> plan = works.stream().map(Work::parse).toList();
    if (rounds < 1 || seconds <= 0 || connections.stream().anyMatch(number -> number < 1)) {
      throw new IllegalArgumentException("rounds, seconds and connections must be positive");
    }
    var content = new Content(1);
    String bucket = "coffer-bench-" + Integer.toHexString(new SecureRandom().nextInt());
    var loads = new ArrayList<Load>();
    try {
      for (Endpoint server : servers) {
        var requests = new RequestFactory(server, endpoints.region(), InstantSource.system());
        var load = new Load(server, requests, content, bucket, hash);
        loads.add(load);
        say("preparing " + server);
        load.prepare(plan);
      }
      out.print(Report.setting(options()));
      out.print(Report.head());
      for (Work work : plan) {
        for (int count : connections) {
          out.print(Report.lines(work, count, measure(loads, work, count)));
        }
      }
    } finally {
      cleanUp(loads, plan);
    }
    return 0;
  }

  private Map<Endpoint, List<Round>> measure(List<Load> loads, Work work, int count)
      throws IOException, InterruptedException {
    var results = new LinkedHashMap<Endpoint, List<Round>>();
    for (Load load : loads) {
      say("%s, %d connections: warming up %s".formatted(work.name(), count, load.endpoint()));
      if (warmup > 0) {
        load.run(work, count, warmup);
      }
      results.put(load.endpoint(), new ArrayList<>());
    }
    for (int round = 1; round <= rounds; round++) {
      for (Load load : loads) {
        Round result = load.run(work, count, seconds);
        results.computeIfAbsent(load.endpoint(), endpoint -> new ArrayList<>()).add(result);
        say(
            "%s, %d connections, round %d: %s %s/s%s"
                .formatted(
                    work.name(),
                    count,
                    round,
                    load.endpoint().name(),
                    Report.number(result.requestsPerSecond()),
                    result.firstError() == null
                        ? ""
                        : ", %d errors, such as %s"
                            .formatted(result.errors(), result.firstError())));
      }
    }
    return results;
  }

  private void cleanUp(List<Load> loads, List<Work> plan) {
    for (Load load : loads) {
      try (load) {
        load.cleanUp(plan, Collections.max(connections));
      } catch (IOException | UncheckedIOException e) {
        say("could not clean up " + load.endpoint() + ": " + e.getMessage());
      }
    }
  }

  private String options() {
    return "%d rounds of %s s, bodies %s"
        .formatted(rounds, Report.number(seconds), hash ? "hashed" : "unsigned");
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
