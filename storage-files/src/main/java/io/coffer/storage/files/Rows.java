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
    return order == Order.ASCENDING
        ? page(range, limit, tier, KeyRange::first, (keys, path) -> keys.next())
        : page(range, limit, tier, KeyRange::last, (keys, path) -> keys.previous());
  }

  /** In ascending order, by jumps. */
  Page scan(RowRange range, int limit, Jump jump, ReadTier tier) throws RocksDBException {
    return page(
        range,
        limit,
        tier,
        KeyRange::first,
        (keys, path) -> {
          var target = jump.from(path);
          return target == null ? keys.next() : keys.seek(Keys.row(range.group(), target));
        });
  }

  /** To the first row of a page; whether there is one. */
  @FunctionalInterface
  private interface Start {
    boolean in(KeyRange keys) throws RocksDBException;
  }

  /** From a row to the next one of the page; whether there is one. */
  @FunctionalInterface
  private interface Advance {
    boolean from(KeyRange keys, Bytes path) throws RocksDBException;
  }

  private Page page(RowRange range, int limit, ReadTier tier, Start start, Advance advance)
      throws RocksDBException {
    if (range.isEmpty()) {
      return new Page(List.of(), false);
    }
    var rows = new ArrayList<Row>();
    int most = Math.min(limit, Limits.PAGE_ROWS);
    long bytes = 0;
    var from = Keys.row(range.group(), range.from());
    try (var keys = store.range(Family.ROWS, from, end(range), tier)) {
      boolean found = start.in(keys);
      while (found && rows.size() < most) {
        var row = row(new RowKey(range.group(), Keys.path(keys.key())), keys.value());
        bytes += row.key().path().length() + row.value().length();
        if (bytes > Limits.PAGE_BYTES && !rows.isEmpty()) {
          break;
        }
        rows.add(row);
        found = advance.from(keys, row.key().path());
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
