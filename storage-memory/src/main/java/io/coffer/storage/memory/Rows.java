package io.coffer.storage.memory;

import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.Limits;
import io.coffer.storage.Order;
import io.coffer.storage.Page;
import io.coffer.storage.Revision;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows in key order, a map for each group. Whoever writes has the storage to himself, whoever reads
 * shares it with readers only.
 */
final class Rows {
  private final Map<Long, TreeMap<Bytes, Row>> groups = new HashMap<>();

  /** Counts batches: the revision of every row that the latest one put. */
  private long lastRevision;

  Optional<Row> get(RowKey key) {
    return Optional.ofNullable(find(key.group(), key.path()));
  }

  private @Nullable Row find(long group, Bytes path) {
    var rows = groups.get(group);
    return rows == null ? null : rows.get(path);
  }

  Page scan(RowRange range, Order order, int limit) {
    var group = groups.get(range.group());
    if (group == null || range.isEmpty()) {
      return new Page(List.of(), false);
    }
    NavigableMap<Bytes, Row> rows =
        range.to() == null
            ? group.tailMap(range.from(), true)
            : group.subMap(range.from(), true, range.to(), false);
    var page = new ArrayList<Row>();
    long bytes = 0;
    for (var row : (order == Order.ASCENDING ? rows : rows.descendingMap()).values()) {
      bytes += bytes(row);
      boolean full = page.size() == Math.min(limit, Limits.PAGE_ROWS) || bytes > Limits.PAGE_BYTES;
      if (full && !page.isEmpty()) {
        return new Page(page, true);
      }
      page.add(row);
    }
    return new Page(page, false);
  }

  /**
   * @throws StorageException.Refused an expectation does not hold
   */
  void check(Batch batch) {
    batch
        .expectations()
        .forEach(
            (path, expected) -> {
              var row = Optional.ofNullable(find(batch.group(), path));
              if (!row.map(Row::revision).equals(expected)) {
                throw new StorageException.Refused("row " + path + " is not as expected");
              }
            });
  }

  /** How many bytes more there are when a batch is applied; negative for less. */
  long growth(Batch batch) {
    long growth = 0;
    for (var write : batch.writes().entrySet()) {
      var before = find(batch.group(), write.getKey());
      int after = write.getValue().map(value -> write.getKey().length() + value.length()).orElse(0);
      growth += after - (before == null ? 0 : bytes(before));
    }
    return growth;
  }

  void apply(Batch batch) {
    if (batch.writes().isEmpty()) {
      return;
    }
    var revision = new Revision(++lastRevision);
    var rows = groups.computeIfAbsent(batch.group(), group -> new TreeMap<>());
    batch
        .writes()
        .forEach(
            (path, value) -> {
              if (value.isPresent()) {
                var key = new RowKey(batch.group(), path);
                rows.put(path, new Row(key, value.get(), revision));
              } else {
                rows.remove(path);
              }
            });
    if (rows.isEmpty()) {
      groups.remove(batch.group());
    }
  }

  void clear() {
    groups.clear();
  }

  private static int bytes(Row row) {
    return row.key().path().length() + row.value().length();
  }
}
