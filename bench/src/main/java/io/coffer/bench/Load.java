package io.coffer.bench;

import io.coffer.auth.Signer;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The load on one endpoint: a bucket with objects, and timed windows of requests on it. */
final class Load implements Closeable {
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
    var jobs = new ArrayList<Job>();
    for (int i = 0; i < connections; i++) {
      jobs.add(new Repeated(work, sign(work, i, hash)));
    }
    return Window.of(seconds).run(endpoint, content, jobs);
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
