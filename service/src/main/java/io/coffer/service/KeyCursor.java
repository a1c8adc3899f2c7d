package io.coffer.service;

import io.coffer.storage.Bytes;
import io.coffer.storage.Jump;
import io.coffer.storage.Order;
import io.coffer.storage.Page;
import io.coffer.storage.Row;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks over rows in the order of the keys in them, and jumps. Not thread-safe. */
sealed interface KeyCursor {
  /**
   * A row and the key in it.
   *
   * @param key UTF-8
   */
  record Entry(byte[] key, Row row) {}

  /** Where the next row shall be after one with this key; null for the row behind. */
  @FunctionalInterface
  interface KeyJump {
    byte @Nullable [] from(byte[] key);
  }

  /** The entry where the cursor stands, or null behind the last. */
  @Nullable Entry peek();

  /** Goes on by one entry. */
  void next();

  /** Goes to the first entry whose key is not smaller than this one. */
  void seek(byte[] key);

  /** One family of rows. The first page is as large as told, the next ones grow from few rows. */
  final class Family implements KeyCursor {
    private static final int SECOND_PAGE = 8;
    private static final int LARGEST_PAGE = 1_000;

    private final Storage storage;
    private final long group;
    private final char family;
    private final boolean ended;
    private final @Nullable Jump jump;
    private RowRange rest;
    private Page page = new Page(List.of(), true);
    private int index;
    private int pageRows;
    private int nextPageRows = SECOND_PAGE;
    private @Nullable Entry current;

    /**
     * @param ended whether keys in the paths are escaped and ended, with more behind them
     * @param prefix what all keys begin with, UTF-8
     * @param firstPageRows how many rows will probably be read
     * @param jump from a key to the one where the next row shall be; null for no jumps
     */
    Family(
        Storage storage,
        long group,
        char family,
        boolean ended,
        byte[] prefix,
        int firstPageRows,
        @Nullable KeyJump jump) {
      pageRows = Math.clamp(firstPageRows, 1, LARGEST_PAGE);
      this.storage = storage;
      this.group = group;
      this.family = family;
      this.ended = ended;
      this.jump = jump == null ? null : path -> jumpFrom(path, jump);
      rest = RowRange.startingWith(group, from(prefix));
    }

    @Override
    public @Nullable Entry peek() {
      if (current == null && fill()) {
        var row = page.rows().get(index);
        current = new Entry(key(row.key().path()), row);
      }
      return current;
    }

    private byte[] key(Bytes path) {
      return ended ? Paths.endedKey(path) : Paths.rawKey(path);
    }

    private @Nullable Bytes jumpFrom(Bytes path, KeyJump jump) {
      var target = jump.from(key(path));
      return target == null ? null : from(target);
    }

    private Bytes from(byte[] key) {
      return Paths.family(family, ended ? Paths.escaped(key) : key);
    }

    private boolean fill() {
      if (index < page.rows().size()) {
        return true;
      }
      if (!page.more()) {
        return false;
      }
      page =
          jump == null
              ? storage.scan(rest, Order.ASCENDING, pageRows)
              : storage.scan(rest, pageRows, jump);
      pageRows = nextPageRows;
      nextPageRows = Math.min(nextPageRows * 4, LARGEST_PAGE);
      index = 0;
      if (!page.rows().isEmpty()) {
        rest = rest.after(page.rows().getLast().key());
      }
      return !page.rows().isEmpty();
    }

    @Override
    public void next() {
      if (peek() != null) {
        current = null;
        index++;
      }
    }

    @Override
    public void seek(byte[] key) {
      var from = from(key);
      while (index < page.rows().size()) {
        if (page.rows().get(index).key().path().compareTo(from) >= 0) {
          current = null;
          return;
        }
        index++;
      }
      current = null;
      if (page.more() && rest.from().compareTo(from) < 0) {
        rest = new RowRange(group, from, rest.to());
      }
    }
  }

  /** Several cursors as one; where keys are equal the earlier cursor's entries come first. */
  final class Merged implements KeyCursor {
    private final List<KeyCursor> cursors;

    Merged(List<KeyCursor> cursors) {
      this.cursors = cursors;
    }

    private @Nullable KeyCursor smallest() {
      KeyCursor smallest = null;
      byte[] key = null;
      for (var cursor : cursors) {
        var entry = cursor.peek();
        if (entry != null && (key == null || Arrays.compareUnsigned(entry.key(), key) < 0)) {
          smallest = cursor;
          key = entry.key();
        }
      }
      return smallest;
    }

    @Override
    public @Nullable Entry peek() {
      var smallest = smallest();
      return smallest == null ? null : smallest.peek();
    }

    @Override
    public void next() {
      var smallest = smallest();
      if (smallest != null) {
        smallest.next();
      }
    }

    @Override
    public void seek(byte[] key) {
      cursors.forEach(cursor -> cursor.seek(key));
    }
  }
}
