package io.coffer.bench;

import io.coffer.auth.Signer;
import io.coffer.bench.Worker.Tally;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The load on one endpoint: a bucket with objects, and timed windows of requests on it. */
final class Load implements Closeable {
  private static final long PATIENCE_SECONDS = 300;

  private final Endpoint endpoint;
  private final RequestFactory requests;
  private final Content content;
  private final Bucket bucket;
  private final boolean hashed;

  /**
   * @param hashed whether uploads carry the SHA-256 of their body, not UNSIGNED-PAYLOAD
   */
  Load(
      Endpoint endpoint,
      RequestFactory requests,
      Content content,
      String bucketName,
      boolean hashed) {
    this.endpoint = endpoint;
    this.requests = requests;
    this.content = content;
    this.bucket = new Bucket(endpoint, requests, content, bucketName);
    this.hashed = hashed;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Makes the bucket and the objects that the works read. */
  void prepare(List<Work> works) throws IOException {
    bucket.create();
    for (Work work : works) {
      for (int i = 0; i < work.objectsBefore(); i++) {
        bucket.put(work.key(i), work.objectBytes());
      }
    }
    // Servers close connections that are idle for as long as the rounds take.
    bucket.close();
  }

  /** Removes what {@link #prepare} and the rounds have made. */
  void cleanUp(List<Work> works, int maxConnections) throws IOException {
    for (Work work : works) {
      int written = work.kind() == Work.Kind.PUT ? maxConnections * work.keysPerConnection() : 0;
      for (int i = 0; i < Math.max(written, work.objectsBefore()); i++) {
        bucket.delete(work.key(i));
      }
    }
    bucket.remove();
  }

  /**
   * Runs requests for so long and says what came of it. All are signed before the clock starts.
   *
   * @throws IOException if the server's process cannot be read, or the server stopped answering
   */
  Round run(Work work, int connections, double seconds) throws IOException, InterruptedException {
    String hash =
        hashed && work.kind() == Work.Kind.PUT
            ? content.sha256(work.size())
            : Signer.UNSIGNED_PAYLOAD;
    var begin = new AtomicLong();
    var start = new CyclicBarrier(connections, () -> begin.set(System.nanoTime()));
    long nanos = (long) (seconds * 1e9);
    var workers = new ArrayList<Worker>();
    for (int i = 0; i < connections; i++) {
      workers.add(new Worker(endpoint, content, work, sign(work, i, hash), start, nanos));
    }
    ProcessUsage before = ProcessUsage.of(endpoint.pid());
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      var futures = threads.invokeAll(workers, PATIENCE_SECONDS, TimeUnit.SECONDS);
      long end = System.nanoTime();
      ProcessUsage after = ProcessUsage.of(endpoint.pid());
      var tallies = new ArrayList<Tally>();
      for (var future : futures) {
        tallies.add(future.get());
      }
      return Round.of(tallies, (end - begin.get()) / 1e9, before, after);
    } catch (CancellationException e) {
      throw new IOException(
          endpoint + " did not answer a request within " + PATIENCE_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(endpoint + ": " + e.getCause(), e);
    }
  }

  private List<Request> sign(Work work, int connection, String hash) {
    var signed = new ArrayList<Request>();
    switch (work.kind()) {
      case LIST ->
          signed.add(
              requests.bare(
                  "GET",
                  bucket.path(),
                  "list-type=2&max-keys=" + work.size() + "&prefix=" + work.name() + "%2F"));
      case PUT -> {
        for (int i = 0; i < work.keysPerConnection(); i++) {
          String path = bucket.path(work.key(connection * work.keysPerConnection() + i));
          signed.add(requests.withBody("PUT", path, "", hash, 0, work.size()));
        }
      }
      case GET, HEAD -> {
        // Each connection begins elsewhere, so that they do not walk in step.
        int objects = work.objectsBefore();
        for (int i = 0; i < Math.min(objects, 32); i++) {
          String path = bucket.path(work.key((connection * 7 + i) % objects));
          signed.add(requests.bare(work.kind().name(), path, ""));
        }
      }
    }
    return signed;
  }

  @Override
  public void close() throws IOException {
    bucket.close();
  }
}
