package io.coffer.bench;

import java.io.IOException;

/** One page of a listing, again and again. */
final class SamePage implements Job {
  private final Request request;
  private final PageEdges edges = new PageEdges();

  SamePage(Request request) {
    this.request = request;
  }

  @Override
  public Request next() {
    return request;
  }

  @Override
  public Receiver receiver() {
    edges.clear();
    return edges;
  }

  @Override
  public long judge(ResponseHead head) throws IOException {
    if (!head.succeeded()) {
      throw new IOException("status " + head.status());
    }
    long entries = ListedPage.parse(edges.text()).entries();
    if (entries == 0) {
      throw new IOException("a page without entries");
    }
    return entries;
  }
}
