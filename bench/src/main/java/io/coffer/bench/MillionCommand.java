package io.coffer.bench;

import io.coffer.bench.MillionReport.Place;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/million}: a bucket with very many objects beside one with few. */
@Command(
    name = "million",
    showDefaultValues = true,
    description = {
      "Fills two buckets at each endpoint, one with few objects and one with very many, and then"
          + " lists and reads both in turns (A B A B ...). Prints two Markdown tables: what filling"
          + " took, and medians over the rounds with ratios to the first endpoint and to the small"
          + " bucket: 1.00 there means that a million keys are as fast as ten thousand.",
      "",
      "Keys are such as d000012/o00001234, in both buckets with as many in a folder, and are put in"
          + " scattered order.",
      "",
      "  whole      all keys, first page to last, by one connection; they are counted",
      "  flat       pages of 1,000 keys, each connection walking from a place of its own",
      "  delimiter  the same with the delimiter /: pages of common prefixes",
      "  prefix     the first page below a prefix amid the keys",
      "  first      the first page of the bucket, by one connection",
      "  deep       the page of --page, with the token to it, by one connection",
      "  head, get  at keys chosen at random anew for each window",
      "",
      "An entry is a key or common prefix listed, or an object read. Example, twice with one load:",
      "",
      "  bench/million --endpoint a=http://127.0.0.1:9000,KEY,SECRET,PID --keep",
      "  bench/million --endpoint a=http://127.0.0.1:9000,KEY,SECRET,PID --work flat",
      "",
      "A million objects of 1 KiB take 2 to 5 GB on the server's disk. The buckets are removed at"
          + " the end unless --keep is given; the next run uses what it finds complete.",
      ""
    })
final class MillionCommand implements Callable<Integer> {
  @Mixin private Endpoints endpoints = new Endpoints();

  @Option(names = "--objects", description = "in the large bucket")
  private long objects = 1_000_000;

  @Option(names = "--small", description = "objects in the small bucket")
  private long small = 10_000;

  @Option(
      names = "--per-folder",
      description = "keys below one common prefix; few are scanned, many are skipped")
  private int perFolder = 100;

  @Option(names = "--size", description = "of each object")
  private String size = "1k";

  @Option(names = "--loaders", description = "connections that fill the buckets")
  private int loaders = 64;

  @Option(
      names = "--work",
      split = ",",
      paramLabel = "WORK",
      description = "what to measure; none for loading alone")
  private List<String> works = Arrays.stream(MillionWork.values()).map(MillionWork::title).toList();

  @Option(names = "--connections", split = ",", description = "how many at once")
  private List<Integer> connections = List.of(1, 8, 64);

  @Option(names = "--page", description = "the page that 'deep' asks for; or the last, if fewer")
  private long page = 1000;

  @Option(names = "--rounds", description = "timed windows for each line of the table")
  private int rounds = 5;

  @Option(names = "--seconds", description = "length of a window")
  private double seconds = 2;

  @Option(names = "--warmup", description = "seconds before the first window of a line")
  private double warmup = 1;

  @Option(names = "--bucket", description = "beginning of the names of both buckets")
  private String bucket = "coffer-million";

  @Option(names = "--keep", description = "leave the buckets for the next run")
  private boolean keep;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Endpoint> servers = endpoints.servers();
    List<MillionWork> plan =
        works.equals(List.of("none")) ? List.of() : works.stream().map(MillionWork::parse).toList();
    if (rounds < 1 || seconds <= 0 || loaders < 1 || page < 1 || small == objects) {
      throw new IllegalArgumentException(
          "rounds, seconds, loaders and page must be positive, and the buckets of two sizes");
    }
    if (connections.stream().anyMatch(number -> number < 1)) {
      throw new IllegalArgumentException("connections must be positive");
    }
    long bytes = Bytes.parse(size);
    var places = new LinkedHashMap<Place, FilledBucket>();
    var content = new Content(3);
    for (Endpoint server : servers) {
      var requests = new RequestFactory(server, endpoints.region(), InstantSource.system());
      for (var layout :
          List.of(new KeyLayout(small, perFolder), new KeyLayout(objects, perFolder))) {
        String name = layout.bucketName(bucket, bytes);
        var filled =
            new FilledBucket(
                server, requests, content, name, layout, index -> bytes, MillionCommand::say);
        places.put(new Place(server, layout.objects()), filled);
      }
    }
    try {
      out.print(Report.setting(options()));
      fill(places);
      if (!plan.isEmpty()) {
        measure(plan, places);
      }
    } finally {
      if (!keep) {
        cleanUp(places);
      }
    }
    return 0;
  }

  private void fill(Map<Place, FilledBucket> places) throws IOException, InterruptedException {
    var lines = new StringBuilder();
    for (var entry : places.entrySet()) {
      FilledBucket filled = entry.getValue();
      if (filled.isFilled()) {
        say(filled.name() + " is there at " + filled.endpoint() + " and complete");
      } else {
        filled.create();
        lines.append(MillionReport.filling(entry.getKey(), filled.fill(loaders)));
      }
    }
    if (!lines.isEmpty()) {
      out.println(MillionReport.fillingHead() + lines);
    }
  }

  private void measure(List<MillionWork> plan, Map<Place, FilledBucket> places)
      throws IOException, InterruptedException {
    out.print(MillionReport.head());
    for (MillionWork work : plan) {
      for (int count : work.manyConnections() ? connections : List.of(1)) {
        out.print(MillionReport.lines(work.title(), count, rounds(work, count, places)));
      }
    }
  }

  private Map<Place, List<Round>> rounds(
      MillionWork work, int count, Map<Place, FilledBucket> places)
      throws IOException, InterruptedException {
    var results = new LinkedHashMap<Place, List<Round>>();
    for (var entry : places.entrySet()) {
      if (warmup > 0) {
        work.run(entry.getValue(), count, warmup, page, 0);
      }
      results.put(entry.getKey(), new ArrayList<>());
    }
    for (int round = 1; round <= rounds; round++) {
      for (var entry : places.entrySet()) {
        Place place = entry.getKey();
        Round result = work.run(entry.getValue(), count, seconds, page, round);
        results.computeIfAbsent(place, key -> new ArrayList<>()).add(result);
        say(
            "%s, %d connections, round %d: %s, %,d objects: %s entries/s%s"
                .formatted(
                    work.title(),
                    count,
                    round,
                    place.endpoint().name(),
                    place.objects(),
                    Report.number(result.entriesPerSecond()),
                    errors(result)));
      }
    }
    return results;
  }

  private static String errors(Round round) {
    return round.firstError() == null
        ? ""
        : ", %d errors, such as %s".formatted(round.errors(), round.firstError());
  }

  private static void cleanUp(Map<Place, FilledBucket> places) throws InterruptedException {
    for (FilledBucket filled : places.values()) {
      try {
        filled.empty();
        filled.remove();
      } catch (IOException | UncheckedIOException e) {
        say("could not remove " + filled.name() + ": " + e.getMessage());
      }
    }
  }

  private String options() {
    return "objects of %s, %d connections to fill; %d rounds of %s s"
        .formatted(Bytes.format(Bytes.parse(size)), loaders, rounds, Report.number(seconds));
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
