package io.coffer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A server that is loaded, killed, started again and asked for everything that it answered for,
 * round after round. One thread.
 */
final class CrashTrial implements Closeable {
  private static final int LONGEST_START_MILLIS = 1_200;
  private static final List<String> SETTINGS = List.of("--access-log", "off");

  private final CrashSettings settings;
  private final Path data;
  private final Content content;
  private final Workers workers;
  private final List<OwnKeys> everybody;
  private volatile @Nullable CofferProcess server;
  private int starts;

  CrashTrial(CrashSettings settings) {
    this.settings = settings;
    data = settings.directory().resolve("data");
    content = new Content(settings.seed());
    workers = new Workers(settings.connections());
    var buckets = TrialBucket.ofRound(new Random(0));
    everybody =
        IntStream.range(0, settings.connections())
            .mapToObj(writer -> new OwnKeys(writer, buckets))
            .toList();
  }

  /** Starts the server for the first time, and makes the buckets. */
  void begin() throws IOException, InterruptedException {
    // Whoever breaks the trial off does not want to keep its server.
    Runtime.getRuntime().addShutdownHook(new Thread(this::endServer));
    launch().awaitReady();
    for (var bucket : TrialBucket.ofRound(new Random(0))) {
      demand(requests().bare("PUT", bucket.path(), ""), 200);
    }
  }

  /** One round. The losses in it are the trial's end: what comes after would be guesswork. */
  CrashRound round(int number) throws IOException, InterruptedException {
    var random = new Random(settings.seed() * 1_000_003 + number);
    var buckets = TrialBucket.ofRound(random);
    setVersioning(buckets);
    long load = loadMillis(random);
    boolean killAgain = random.nextInt(3) == 0;
    int startMillis = CrashSettings.SHORTEST_MILLIS + random.nextInt(LONGEST_START_MILLIS);
    var tallies = loadAndKill(buckets, load, random.nextLong());
    if (settings.sabotage()) {
      deleteAFile(random);
    }
    if (killAgain) {
      var coming = launch();
      Thread.sleep(startMillis);
      coming.kill();
    }
    long begin = System.nanoTime();
    launch().awaitReady();
    long ready = (System.nanoTime() - begin) / 1_000_000;
    long open =
        everybody.stream()
            .flatMap(k -> k.byPath().values().stream())
            .filter(states -> states.all().size() > 1)
            .count();
    var result = verify(buckets, 1 + random.nextInt(1000));
    var losses = new ArrayList<>(result.losses());
    tallies.stream().map(CrashWriter.Tally::failure).filter(Objects::nonNull).forEach(losses::add);
    return new CrashRound(
        number,
        tallies.stream().mapToLong(CrashWriter.Tally::acknowledged).sum(),
        open,
        load,
        killAgain ? startMillis : -1,
        ready,
        result.objects(),
        losses);
  }

  /** Ends the server in order: everything is there, and in the folder nothing else. */
  List<String> end() throws IOException, InterruptedException {
    var losses = new ArrayList<String>();
    long expected =
        everybody.stream()
            .flatMap(keys -> keys.byPath().values().stream())
            .flatMap(states -> states.only().blobLengths())
            .filter(length -> length > Sizes.INLINE_BYTES)
            .count();
    stopAndCount(expected, "objects and parts of more than 16 KiB", losses);
    launch().awaitReady();
    var buckets = TrialBucket.ofRound(new Random(0));
    losses.addAll(verify(buckets, 1000).losses());
    if (losses.isEmpty()) {
      removeEverything(buckets);
      stopAndCount(0, "objects left, all having been deleted", losses);
    }
    return losses;
  }

  private void stopAndCount(long expected, String what, List<String> losses)
      throws IOException, InterruptedException {
    var folder = BlobFolder.of(data);
    folder.await(expected);
    server().close();
    server = null;
    var files = folder.files();
    if (files.size() != expected) {
      losses.add("%d %s, but %d files in %s".formatted(expected, what, files.size(), folder));
    }
  }

  private void removeEverything(List<TrialBucket> buckets)
      throws IOException, InterruptedException {
    for (var keys : everybody) {
      for (var entry : keys.byPath().entrySet()) {
        for (var version : entry.getValue().only().versions()) {
          var id = Listed.encode(String.valueOf(version.id()));
          demand(requests().bare("DELETE", entry.getKey(), "versionId=" + id), 204);
        }
        for (var upload : entry.getValue().only().uploads()) {
          var id = Listed.encode(String.valueOf(upload.id()));
          demand(requests().bare("DELETE", entry.getKey(), "uploadId=" + id), 204);
        }
      }
    }
    for (var bucket : buckets) {
      demand(requests().bare("DELETE", bucket.path(), ""), 204);
    }
  }

  /** Short loads more often, so that the moments after a start get their share. */
  private long loadMillis(Random random) {
    double of = random.nextDouble();
    long range = settings.longestMillis() - CrashSettings.SHORTEST_MILLIS;
    return CrashSettings.SHORTEST_MILLIS + (long) (range * of * of);
  }

  private void setVersioning(List<TrialBucket> buckets) throws IOException {
    for (var bucket : buckets) {
      if (bucket.versioning() != Versioning.NEVER) {
        var status = bucket.versioning() == Versioning.ENABLED ? "Enabled" : "Suspended";
        var xml =
            "<VersioningConfiguration><Status>" + status + "</Status></VersioningConfiguration>";
        demand(requests().withText("PUT", bucket.path(), "versioning=", xml), 200);
      }
    }
  }

  private List<CrashWriter.Tally> loadAndKill(List<TrialBucket> buckets, long millis, long seed)
      throws IOException, InterruptedException {
    var killed = new AtomicBoolean();
    var requests = requests();
    var writers = new ArrayList<CrashWriter>();
    for (var keys : everybody) {
      var random = new Random(seed + keys.writer());
      var chooser = new StepChooser(requests, content, random, buckets, keys);
      writers.add(new CrashWriter(caller(), chooser, keys, killed::get));
    }
    var running = workers.start(writers);
    Thread.sleep(millis);
    killed.set(true);
    server().kill();
    return workers.results(running);
  }

  private CrashVerification.Result verify(List<TrialBucket> buckets, int pageSize)
      throws IOException, InterruptedException {
    return new CrashVerification(requests(), this::caller, workers)
        .run(buckets, everybody, pageSize);
  }

  /** To see that a loss is seen. */
  private void deleteAFile(Random random) throws IOException {
    var files = BlobFolder.of(data).files();
    if (!files.isEmpty()) {
      Files.delete(files.get(random.nextInt(files.size())));
    }
  }

  private void demand(Request request, int status) throws IOException {
    try (var caller = caller()) {
      var answer = caller.call(request, Caller.SHORT_TEXT);
      if (answer.status() != status) {
        throw new IOException("expected " + status + ", was answered " + answer);
      }
    }
  }

  private Caller caller() {
    return new Caller(server().endpoint(), content);
  }

  private RequestFactory requests() {
    return new RequestFactory(server().endpoint(), "us-east-1", InstantSource.system());
  }

  private CofferProcess server() {
    return Objects.requireNonNull(server);
  }

  private CofferProcess launch() throws IOException {
    var log = settings.directory().resolve("server-%04d.log".formatted(++starts));
    var launched = CofferProcess.launch(settings.launcher(), data, log, SETTINGS);
    server = launched;
    return launched;
  }

  @Override
  public void close() {
    endServer();
    workers.close();
  }

  private void endServer() {
    var last = server;
    if (last != null) {
      last.close();
    }
  }
}
