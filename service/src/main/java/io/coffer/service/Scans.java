package io.coffer.service;

import io.coffer.storage.Limits;
import io.coffer.storage.Order;
import io.coffer.storage.Page;
import io.coffer.storage.Row;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Whole ranges of rows, fetched page by page: each page is a snapshot, the range is not. */
public final class Scans {
  /** Rows of a page where little is done at a time. */
  static final int FEW = 100;

  private Scans() {}

  public static Stream<Row> rows(Storage storage, RowRange range) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(new Rows(storage, range, Limits.PAGE_ROWS), 0), false);
  }

  /** Rows in ascending order. Not thread-safe. */
  static final class Rows implements Iterator<Row> {
    private final Storage storage;
    private final int pageRows;
    private RowRange rest;
    private @Nullable Page page;
    private int next;

    Rows(Storage storage, RowRange range, int pageRows) {
      this.storage = storage;
      this.rest = range;
      this.pageRows = pageRows;
    }

    @Override
    public boolean hasNext() {
      if (page == null || (next == page.rows().size() && page.more())) {
        page = storage.scan(rest, Order.ASCENDING, pageRows);
        next = 0;
        if (!page.rows().isEmpty()) {
          rest = rest.after(page.rows().getLast().key());
        }
      }
      return next < page.rows().size();
    }

    @Override
    public Row next() {
      if (!hasNext() || page == null) {
        throw new NoSuchElementException();
      }
      return page.rows().get(next++);
    }
  }
}
