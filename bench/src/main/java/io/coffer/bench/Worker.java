package io.coffer.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/** One connection that sends the next request when the last is answered, until time is up. */
final class Worker implements Callable<Tally> {
  private final Endpoint endpoint;
  private final Content content;
  private final Job job;
  private final CyclicBarrier start;
  private final long nanos;
  private final Tally tally = new Tally();
  private @Nullable Connection connection;

  /**
   * @param start where all workers meet before the first request
   * @param nanos after which no further request is sent
   */
  Worker(Endpoint endpoint, Content content, Job job, CyclicBarrier start, long nanos) {
    this.endpoint = endpoint;
    this.content = content;
    this.job = job;
    this.start = start;
    this.nanos = nanos;
  }

  @Override
  public Tally call() throws Exception {
    try {
      start.await();
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < nanos) {
        Request request = job.next();
        if (request == null) {
          break;
        }
        once(request);
      }
      return tally;
    } finally {
      close();
    }
  }

  private void once(Request request) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try {
      if (connection == null) {
        connection = Connection.open(endpoint.address(), content);
      }
      ResponseHead head = connection.exchange(request, job.receiver());
      long micros = (System.nanoTime() - begin) / 1000;
      tally.success(micros, job.judge(head));
      if (head.closes()) {
        close();
      }
    } catch (IOException | IllegalArgumentException e) {
      tally.error(e.toString());
      job.failed();
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
