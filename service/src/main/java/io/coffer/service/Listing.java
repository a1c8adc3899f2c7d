package io.coffer.service;

import io.coffer.storage.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, with keys rolled up at a delimiter: what ListObjects, ListObjectVersions
 * and ListMultipartUploads have in common. An entry is a row or a common prefix, and both count.
 *
 * @param rows in order
 * @param commonPrefixes in order
 * @param truncated whether entries follow
 * @param last the last entry: a key or a common prefix; null on an empty page
 */
public record Listing(
    List<Item> rows, List<String> commonPrefixes, boolean truncated, @Nullable String last) {

  /** A row and the key in it. */
  public record Item(String key, Row row) {
    /** Whether the row is the newest version of its key. */
    public boolean isNewest() {
      return row.key().path().at(0) != 'o';
    }
  }

  /**
   * What to list.
   *
   * @param prefix empty for all
   * @param delimiter empty for none; may have several characters
   * @param max entries at most, 0 to 1,000
   */
  public record Query(String prefix, String delimiter, int max) {}

  /**
   * Lists.
   *
   * @param cursor over the keys with the query's prefix, at the first of them
   * @param after the entry that comes before the page, key or common prefix; null for none
   * @param skip tells entries with the key {@code after} that were seen before; null: all of them
   */
  static Listing of(
      KeyCursor cursor, Query query, @Nullable String after, @Nullable Predicate<Row> skip) {
    return new Walk(cursor, query).run(after, skip);
  }

  /** One walk over a cursor. */
  private static final class Walk {
    private final KeyCursor cursor;
    private final Query query;
    private final Rollup rollup;
    private final List<Item> rows = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private @Nullable String last;

    Walk(KeyCursor cursor, Query query) {
      this.cursor = cursor;
      this.query = query;
      rollup = Rollup.of(query);
    }

    Listing run(@Nullable String after, @Nullable Predicate<Row> skip) {
      if (query.max() == 0 || !start(after, skip)) {
        return new Listing(rows, prefixes, false, null);
      }
      for (var entry = cursor.peek(); entry != null; entry = cursor.peek()) {
        if (rows.size() + prefixes.size() == query.max()) {
          return new Listing(rows, prefixes, true, last);
        }
        var common = rollup.commonPrefix(entry.key());
        if (common == null) {
          last = text(entry.key());
          rows.add(new Item(last, entry.row()));
          cursor.next();
        } else {
          last = text(common);
          prefixes.add(last);
          if (!seekBehind(common)) {
            break;
          }
        }
      }
      return new Listing(rows, prefixes, false, last);
    }

    /** Goes to where the page begins; false when nothing can follow. */
    private boolean start(@Nullable String after, @Nullable Predicate<Row> skip) {
      var marker = after == null ? new byte[0] : Paths.utf8(after);
      if (after == null || Arrays.compareUnsigned(marker, rollup.prefix()) < 0) {
        return true;
      }
      var common = rollup.holds(marker) ? rollup.commonPrefix(marker) : null;
      if (common != null) {
        return seekBehind(common);
      }
      if (skip == null) {
        cursor.seek(Arrays.copyOf(marker, marker.length + 1));
        return true;
      }
      cursor.seek(marker);
      for (var entry = cursor.peek();
          entry != null && Arrays.equals(entry.key(), marker) && skip.test(entry.row());
          entry = cursor.peek()) {
        cursor.next();
      }
      return true;
    }

    private boolean seekBehind(byte[] common) {
      var behind = Rollup.behind(common);
      if (behind == null) {
        return false;
      }
      cursor.seek(behind);
      return true;
    }

    private static String text(byte[] key) {
      return new String(key, StandardCharsets.UTF_8);
    }
  }
}
