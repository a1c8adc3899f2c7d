package io.coffer.bench;

import java.io.IOException;
import java.util.List;

/** The same requests in turn, again and again. */
final class Repeated implements Job {
  private final Work work;
  private final List<Request> requests;
  private int next;

  /**
   * @param work what they are, and so which answer they want
   * @param requests at least one
   */
  Repeated(Work work, List<Request> requests) {
    this.work = work;
    this.requests = requests;
  }

  @Override
  public Request next() {
    Request request = requests.get(next);
    next = (next + 1) % requests.size();
    return request;
  }

  @Override
  public long judge(ResponseHead head) throws IOException {
    if (!work.isAnsweredBy(head)) {
      throw new IOException("status " + head.status());
    }
    return 1;
  }
}
