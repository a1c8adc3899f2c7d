package io.coffer.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One connection that sends the next request when the last is answered, until time is up. */
final class Worker implements Callable<Worker.Tally> {
  private static final int DIGITS = 3;

  private final Endpoint endpoint;
  private final Content content;
  private final Work work;
  private final List<Request> requests;
  private final CyclicBarrier start;
  private final long nanos;
  private final Tally tally = new Tally();
  private @Nullable Connection connection;

  /** What one worker saw. */
  static final class Tally {
    private final Histogram micros = new Histogram(DIGITS);
    private long errors;
    private @Nullable String firstError;

    /** Latencies of the requests that succeeded. */
    Histogram micros() {
      return micros;
    }

    long errors() {
      return errors;
    }

    @Nullable String firstError() {
      return firstError;
    }

    private void error(String what) {
      errors++;
      if (firstError == null) {
        firstError = what;
      }
    }
  }

  /**
   * @param requests sent in turn, again and again
   * @param start where all workers meet before the first request
   */
  Worker(
      Endpoint endpoint,
      Content content,
      Work work,
      List<Request> requests,
      CyclicBarrier start,
      long nanos) {
    this.endpoint = endpoint;
    this.content = content;
    this.work = work;
    this.requests = requests;
    this.start = start;
    this.nanos = nanos;
  }

  @Override
  public Tally call() throws Exception {
    try {
      start.await();
      long now = System.nanoTime();
      long end = now + nanos;
      for (int i = 0; now < end; i++) {
        once(requests.get(i % requests.size()), now);
        now = System.nanoTime();
      }
      return tally;
    } finally {
      close();
    }
  }

  private void once(Request request, long begin) throws IOException, InterruptedException {
    try {
      if (connection == null) {
        connection = Connection.open(endpoint.address(), content);
      }
      ResponseHead head = connection.exchange(request, Receiver.NONE);
      long micros = (System.nanoTime() - begin) / 1000;
      if (work.isAnsweredBy(head)) {
        tally.micros.recordValue(micros);
      } else {
        tally.error("status " + head.status());
      }
      if (head.closes()) {
        close();
      }
    } catch (IOException | IllegalArgumentException e) {
      tally.error(e.toString());
      close();
      // A server that refuses connections is not to be hammered.
      Thread.sleep(1);
    }
  }

  private void close() throws IOException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
