package io.coffer.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The audit log at a collector: lines of JSON by POST, in batches, from a queue of bounded bytes.
 * What does not arrive is sent again, ever more slowly, until it does; what finds the queue full is
 * lost and counted. So lines may come twice, and are told apart by their requestId. Thread-safe.
 *
 * <p>It goes to that URL alone: no redirect is followed, no proxy asked, and of answers nothing is
 * read but the status. The URL is in no message beyond its host, since its rest may be a secret.
 */
final class AuditCollector implements AuditSink {
  private static final Logger LOG = System.getLogger(AuditCollector.class.getName());
  private static final int BATCH_LINES = 500;
  private static final long MAX_BATCH_BYTES = 1 << 20;
  private static final long MAX_QUEUED_BYTES = 8 << 20;

  /** What one must not send again as it is; other refusals may end when somebody mends them. */
  private static final List<Integer> UNFIT = List.of(400, 413, 415, 422);

  /**
   * How patient it is.
   *
   * @param linger how long lines wait for others to go with
   * @param timeout of one attempt
   * @param firstRetry pause after the first failure; it doubles up to {@code lastRetry}
   * @param closing how long {@link #close} waits for what is queued
   */
  record Pace(
      Duration linger,
      Duration timeout,
      Duration firstRetry,
      Duration lastRetry,
      Duration closing) {
    static final Pace USUAL =
        new Pace(
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));
  }

  private final URI collector;
  private final Pace pace;
  private final AuditCounts counts;
  private final HttpClient client;
  private final LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread sender;

  /** Whether the last attempt failed, or a line found no room; both have been told of. */
  private volatile boolean failing;

  private AuditCollector(URI collector, Pace pace, AuditCounts counts) {
    this.collector = collector;
    this.pace = pace;
    this.counts = counts;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(pace.timeout())
            .build();
    this.sender = Thread.ofVirtual().name("audit-collector").unstarted(this::send);
  }

  /** Starts to send what it is given. Whether somebody takes it shows later. */
  static AuditCollector start(URI collector, AuditCounts counts) {
    return start(collector, Pace.USUAL, counts);
  }

  static AuditCollector start(URI collector, Pace pace, AuditCounts counts) {
    var sink = new AuditCollector(collector, pace, counts);
    sink.sender.start();
    return sink;
  }

  @Override
  public void write(String line) {
    var bytes = line.getBytes(StandardCharsets.UTF_8);
    boolean hasRoom = queuedBytes.addAndGet(bytes.length) <= MAX_QUEUED_BYTES;
    if (hasRoom && closing.getCount() > 0) {
      queue.add(bytes);
    } else {
      queuedBytes.addAndGet(-bytes.length);
      counts.lost(1);
    }
  }

  private void send() {
    try {
      while (true) {
        var batch = next();
        if (batch.isEmpty()) {
          return;
        }
        deliver(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next lines; none when there will be no more. */
  private List<byte[]> next() throws InterruptedException {
    while (true) {
      var first = queue.poll(pace.linger().toNanos(), TimeUnit.NANOSECONDS);
      if (first != null) {
        if (queue.size() < BATCH_LINES) {
          closing.await(pace.linger().toNanos(), TimeUnit.NANOSECONDS);
        }
        return batch(first);
      }
      if (closing.getCount() == 0) {
        return List.of();
      }
    }
  }

  private List<byte[]> batch(byte[] first) {
    var batch = new ArrayList<byte[]>();
    long bytes = 0;
    for (byte[] line = first; line != null; line = queue.poll()) {
      batch.add(line);
      bytes += line.length;
      if (batch.size() == BATCH_LINES || bytes >= MAX_BATCH_BYTES) {
        break;
      }
    }
    return batch;
  }

  /** Sends a batch until it is taken, or until it may be given up. */
  private void deliver(List<byte[]> batch) throws InterruptedException {
    long bytes = batch.stream().mapToLong(line -> line.length).sum();
    boolean taken = false;
    try {
      taken = isTaken(batch);
    } finally {
      queuedBytes.addAndGet(-bytes);
      if (taken) {
        counts.written(batch.size());
      } else {
        counts.lost(batch.size());
      }
    }
  }

  private boolean isTaken(List<byte[]> batch) throws InterruptedException {
    var pause = pace.firstRetry();
    while (true) {
      boolean last = closing.getCount() == 0;
      int status = post(batch);
      if (status / 100 == 2) {
        recovered();
        return true;
      }
      if (last || UNFIT.contains(status)) {
        return false;
      }
      closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
      var doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(pace.lastRetry()) < 0 ? doubled : pace.lastRetry();
    }
  }

  /** The status of the answer, or 0 when there was none. */
  private int post(List<byte[]> batch) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(collector)
            .timeout(pace.timeout())
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArrays(batch))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        failed("status " + status);
      }
      return status;
    } catch (IOException e) {
      failed(e.getClass().getSimpleName());
      return 0;
    }
  }

  private void failed(String why) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.WARNING,
          "The collector of the audit log at {0} does not take it ({1}).",
          collector.getHost(),
          why);
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      LOG.log(
          Level.INFO,
          "The collector takes the audit log again; {0} lines were lost.",
          counts.lost());
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (!sender.join(pace.closing())) {
        sender.interrupt();
        sender.join();
      }
    } catch (InterruptedException e) {
      sender.interrupt();
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
    for (byte[] line = queue.poll(); line != null; line = queue.poll()) {
      counts.lost(1);
    }
  }
}
