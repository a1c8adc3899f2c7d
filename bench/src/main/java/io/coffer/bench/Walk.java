package io.coffer.bench;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Page after page of a listing to its end, then from its beginning again. */
final class Walk implements Job {
  private final Listing listing;
  private final @Nullable String startAfter;
  private final PageEdges edges = new PageEdges();
  private long pagesLeft;
  private long lapsLeft;
  private @Nullable String token;
  private @Nullable String tokenBefore;
  private boolean firstLap = true;
  private long lapEntries;

  private Walk(Listing listing, @Nullable String startAfter, long laps, long pages) {
    this.listing = listing;
    this.startAfter = startAfter;
    this.lapsLeft = laps;
    this.pagesLeft = pages;
  }

  /** Without end, the first time from behind a key; null for the beginning. */
  static Walk from(Listing listing, @Nullable String startAfter) {
    return new Walk(listing, startAfter, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** So often from the beginning to the end. */
  static Walk laps(Listing listing, long laps) {
    return new Walk(listing, null, laps, Long.MAX_VALUE);
  }

  /** So many pages from the beginning, fewer when there are not as many. */
  static Walk pages(Listing listing, long pages) {
    return new Walk(listing, null, 1, pages);
  }

  @Override
  public @Nullable Request next() {
    if (lapsLeft == 0 || pagesLeft == 0) {
      return null;
    }
    return listing.page(token, firstLap ? startAfter : null);
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
    ListedPage page = ListedPage.parse(edges.text());
    pagesLeft--;
    lapEntries += page.entries();
    if (page.next() == null) {
      // MinIO says that there is more, and then there is none: the page before was the last.
      token = page.entries() == 0 ? tokenBefore : token;
      endLap();
    } else {
      tokenBefore = token;
      token = page.next();
    }
    return page.entries();
  }

  private void endLap() throws IOException {
    long counted = lapEntries;
    boolean whole = startAfter == null || !firstLap;
    lapEntries = 0;
    firstLap = false;
    lapsLeft--;
    if (lapsLeft > 0) {
      token = null;
    }
    if (whole && listing.entries() >= 0 && counted != listing.entries()) {
      throw new IOException(
          "the whole listing had %,d entries, not %,d".formatted(counted, listing.entries()));
    }
  }

  /** The token of the page that would be next; of the last page when all are walked. */
  @Nullable String token() {
    return token;
  }
}
