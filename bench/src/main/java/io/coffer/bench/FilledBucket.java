package io.coffer.bench;

import io.coffer.auth.Signer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/** A bucket with very many objects, for the time of a run or longer. Not thread-safe. */
final class FilledBucket {
  private static final Duration PATIENCE = Duration.ofHours(12);
  private static final int DELETE_CONNECTIONS = 8;
  private static final int DELETE_KEYS = 1000;
  // Odd, so that objects differ from each other although content repeats itself.
  private static final long CONTENT_STRIDE = 4099;

  private final Endpoint endpoint;
  private final RequestFactory requests;
  private final Content content;
  private final String name;
  private final KeyLayout layout;
  private final LongUnaryOperator size;
  private final Consumer<String> progress;
  // By number of page; empty for the first.
  private final Map<Long, Optional<String>> tokens = new HashMap<>();

  /**
   * @param size bytes of the object of an index
   * @param progress told now and then what has been done
   */
  FilledBucket(
      Endpoint endpoint,
      RequestFactory requests,
      Content content,
      String name,
      KeyLayout layout,
      LongUnaryOperator size,
      Consumer<String> progress) {
    this.endpoint = endpoint;
    this.requests = requests;
    this.content = content;
    this.name = name;
    this.layout = layout;
    this.size = size;
    this.progress = progress;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  RequestFactory requests() {
    return requests;
  }

  KeyLayout layout() {
    return layout;
  }

  String name() {
    return name;
  }

  /** Bytes of the object of an index. */
  long size(long index) {
    return size.applyAsLong(index);
  }

  String path(long index) {
    return "/" + name + "/" + layout.key(index);
  }

  /** The jobs for so long. */
  Round run(Window window, List<? extends Job> jobs) throws IOException, InterruptedException {
    return window.run(endpoint, content, jobs);
  }

  Listing flat() {
    return new Listing(requests, "/" + name, "", false, layout.objects());
  }

  Listing folders() {
    return new Listing(requests, "/" + name, "", true, layout.folders());
  }

  Listing inside() {
    return new Listing(requests, "/" + name, layout.inside(), false, -1);
  }

  /**
   * A page of the flat listing, or the last when there are not as many. A client comes there with
   * the token that it was given, so all pages before are walked, the first time.
   *
   * @param number from 1
   */
  Request page(long number) throws IOException, InterruptedException {
    if (!tokens.containsKey(number)) {
      var walk = Walk.pages(flat(), number - 1);
      Round round = run(Window.untilDone(PATIENCE), List.of(walk));
      if (round.errors() > 0) {
        throw new IOException(endpoint + ": " + round.firstError());
      }
      tokens.put(number, Optional.ofNullable(walk.token()));
    }
    return flat().page(tokens.getOrDefault(number, Optional.empty()).orElse(null), null);
  }

  /** Whether it is there with all its objects: it is listed once, from its beginning to its end. */
  boolean isFilled() throws IOException, InterruptedException {
    try (var connection = Connection.open(endpoint.address(), content)) {
      Request head = requests.bare("HEAD", "/" + name, "");
      if (connection.exchange(head, Receiver.NONE).status() == 404) {
        return false;
      }
    }
    var walk = List.of(Walk.laps(flat(), 1));
    return run(Window.untilDone(PATIENCE), walk).errors() == 0;
  }

  /** Makes it if it is not there. */
  void create() throws IOException {
    try (var connection = Connection.open(endpoint.address(), content)) {
      Request put = requests.bare("PUT", "/" + name, "");
      int status = connection.exchange(put, Receiver.NONE).status();
      // 409: it is there already, which S3 says nearly everywhere.
      if (status != 200 && status != 409) {
        throw new IOException(endpoint + ": CreateBucket answered " + status);
      }
    }
  }

  /**
   * Puts all objects, in scattered order.
   *
   * @throws IOException if too many PUTs fail; what was put is there
   */
  Filling fill(int connections) throws IOException, InterruptedException {
    var queue =
        new WorkQueue(layout.objects(), done -> progress.accept(endpoint.name() + " has " + done));
    return each(queue, connections, n -> put(layout.scattered(n)));
  }

  private Request put(long index) {
    long offset = index * CONTENT_STRIDE;
    return requests.withBody("PUT", path(index), "", Signer.UNSIGNED_PAYLOAD, offset, size(index));
  }

  /**
   * PUTs of objects that are there, at random and without end.
   *
   * @param seed of the random indices
   */
  List<Job> overwrites(int connections, long seed) {
    var jobs = new ArrayList<Job>();
    for (int i = 0; i < connections; i++) {
      var random = new Random(seed * connections + i);
      var endless = new WorkQueue(Long.MAX_VALUE / 100, done -> {});
      jobs.add(new QueueJob(endless, n -> put(random.nextLong(layout.objects()))));
    }
    return jobs;
  }

  /** Deletes all objects, 1,000 with each request; the rates are of requests. */
  Filling empty() throws IOException, InterruptedException {
    long batches = (layout.objects() + DELETE_KEYS - 1) / DELETE_KEYS;
    var queue =
        new WorkQueue(batches, done -> progress.accept(endpoint.name() + " deleted " + done));
    return each(
        queue,
        DELETE_CONNECTIONS,
        batch -> {
          var xml = new StringBuilder("<Delete><Quiet>true</Quiet>");
          long end = Math.min(layout.objects(), (batch + 1) * DELETE_KEYS);
          for (long index = batch * DELETE_KEYS; index < end; index++) {
            xml.append("<Object><Key>").append(layout.key(index)).append("</Key></Object>");
          }
          xml.append("</Delete>");
          return requests.withText("POST", "/" + name, "delete=", xml.toString());
        });
  }

  /** Removes the bucket; it must be empty. */
  void remove() throws IOException {
    try (var bucket = new Bucket(endpoint, requests, content, name)) {
      bucket.remove();
    }
  }

  private Filling each(WorkQueue queue, int connections, LongFunction<Request> request)
      throws IOException, InterruptedException {
    var jobs = new ArrayList<Job>();
    for (int i = 0; i < connections; i++) {
      jobs.add(new QueueJob(queue, request));
    }
    Round round = run(Window.untilDone(PATIENCE), jobs);
    if (!queue.complete()) {
      throw new IOException(endpoint + ": too many errors, such as " + round.firstError());
    }
    return new Filling(round, queue.rates());
  }
}
