package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** All sealed blobs in order, adopted or not; read page by page. One thread. */
final class BlobList implements Iterator<BlobId> {
  private final Reads reads;
  private final Adopted adopted;
  private final Unadopted unadopted;
  private final Deque<BlobId> page = new ArrayDeque<>();
  private @Nullable BlobId last;
  private boolean more = true;

  /** Reads the first page. */
  BlobList(Reads reads, Adopted adopted, Unadopted unadopted, @Nullable BlobId after) {
    this.reads = reads;
    this.adopted = adopted;
    this.unadopted = unadopted;
    last = after;
    readPage();
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && more) {
      readPage();
    }
    return !page.isEmpty();
  }

  @Override
  public BlobId next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }

  private void readPage() {
    // In this order: a blob that is adopted meanwhile leaves the first after it is in the second.
    var sealed = unadopted.sealedAfter(last);
    var known = adoptedAfterLast();
    more = known.size() == Limits.PAGE_ROWS;
    var ids = new TreeSet<BlobId>(known);
    for (var id : sealed) {
      if (!more || id.compareTo(known.getLast()) < 0) {
        ids.add(id);
      }
    }
    page.addAll(ids);
    last = ids.isEmpty() ? last : ids.last();
  }

  private List<BlobId> adoptedAfterLast() {
    try {
      var after = last;
      return reads.run(tier -> adopted.after(after, Limits.PAGE_ROWS, tier));
    } catch (RocksDBException e) {
      throw Failures.of("the blobs cannot be listed", e);
    }
  }
}
