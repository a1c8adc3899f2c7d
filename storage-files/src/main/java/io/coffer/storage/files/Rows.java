package io.coffer.storage.files;

import io.coffer.storage.Bytes;
import io.coffer.storage.Jump;
import io.coffer.storage.Limits;
import io.coffer.storage.Order;
import io.coffer.storage.Page;
import io.coffer.storage.Revision;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;

/** Reading rows: one by its key, or a page. Thread-safe. */
final class Rows {
  private final RowStore store;

  Rows(RowStore store) {
    this.store = store;
  }

  Optional<Row> get(RowKey key, ReadTier tier) throws RocksDBException {
    var stored = store.get(Family.ROWS, Keys.row(key.group(), key.path()), tier);
    return stored == null ? Optional.empty() : Optional.of(row(key, stored));
  }

  Page scan(RowRange range, Order order, int limit, ReadTier tier) throws RocksDBException {
    if (range.isEmpty()) {
      return new Page(List.of(), false);
    }
    boolean ascending = order == Order.ASCENDING;
    var rows = new ArrayList<Row>();
    int most = Math.min(limit, Limits.PAGE_ROWS);
    long bytes = 0;
    var from = Keys.row(range.group(), range.from());
    try (var keys = store.range(Family.ROWS, from, end(range), tier)) {
      boolean found = ascending ? keys.first() : keys.last();
      while (found && rows.size() < most) {
        var row = row(new RowKey(range.group(), Keys.path(keys.key())), keys.value());
        bytes += row.key().path().length() + row.value().length();
        if (bytes > Limits.PAGE_BYTES && !rows.isEmpty()) {
          break;
        }
        rows.add(row);
        found = ascending ? keys.next() : keys.previous();
      }
      return new Page(rows, found);
    }
  }

  /** In ascending order, by jumps. */
  Page scan(RowRange range, int limit, Jump jump, ReadTier tier) throws RocksDBException {
    if (range.isEmpty()) {
      return new Page(List.of(), false);
    }
    var rows = new ArrayList<Row>();
    int most = Math.min(limit, Limits.PAGE_ROWS);
    long bytes = 0;
    var from = Keys.row(range.group(), range.from());
    try (var keys = store.range(Family.ROWS, from, end(range), tier)) {
      boolean found = keys.first();
      while (found && rows.size() < most) {
        var row = row(new RowKey(range.group(), Keys.path(keys.key())), keys.value());
        bytes += row.key().path().length() + row.value().length();
        if (bytes > Limits.PAGE_BYTES && !rows.isEmpty()) {
          break;
        }
        rows.add(row);
        var target = jump.from(row.key().path());
        found = target == null ? keys.next() : keys.seek(Keys.row(range.group(), target));
      }
      return new Page(rows, found);
    }
  }

  private static byte @Nullable [] end(RowRange range) {
    var to = range.to();
    if (to != null) {
      return Keys.row(range.group(), to);
    }
    // Groups are unsigned, so -1 is the last one, and its end is the family's.
    return range.group() == -1 ? null : Keys.number(range.group() + 1);
  }

  private static Row row(RowKey key, byte[] stored) {
    var value = Bytes.wrap(Arrays.copyOfRange(stored, Keys.REVISION_BYTES, stored.length));
    return new Row(key, value, new Revision(Keys.number(stored)));
  }
}
