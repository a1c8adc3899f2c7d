package io.coffer.bench;

import java.io.IOException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Requests for numbers out of a queue that several connections share. */
final class QueueJob implements Job {
  private static final String ERROR = "<Error>";

  private final WorkQueue queue;
  private final LongFunction<Request> requests;
  private final PageEdges body = new PageEdges();
  private long number = WorkQueue.NONE;

  /**
   * @param requests makes the request for a number
   */
  QueueJob(WorkQueue queue, LongFunction<Request> requests) {
    this.queue = queue;
    this.requests = requests;
  }

  @Override
  public @Nullable Request next() {
    number = queue.take();
    return number == WorkQueue.NONE ? null : requests.apply(number);
  }

  @Override
  public Receiver receiver() {
    body.clear();
    return body;
  }

  @Override
  public long judge(ResponseHead head) throws IOException {
    String text = body.text();
    // DeleteObjects says 200 and then what it could not delete.
    if (!head.succeeded() || text.contains(ERROR)) {
      throw new IOException("status " + head.status() + " " + text);
    }
    queue.done();
    return 1;
  }

  @Override
  public void failed() {
    queue.failed(number);
  }
}
