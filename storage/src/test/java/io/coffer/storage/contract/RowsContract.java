package io.coffer.storage.contract;

import static io.coffer.storage.contract.Fixture.batch;
import static io.coffer.storage.contract.Fixture.everything;
import static io.coffer.storage.contract.Fixture.key;
import static io.coffer.storage.contract.Fixture.path;
import static io.coffer.storage.contract.Fixture.randomBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.Jump;
import io.coffer.storage.Limits;
import io.coffer.storage.Order;
import io.coffer.storage.Page;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading rows: {@code get} and {@code scan}. */
interface RowsContract extends Fixture {
  @Test
  default void aRowThatNobodyWroteIsAbsent() {
    put("a", "1");

    assertEquals(Optional.empty(), storage().get(key("b")));
    assertEquals(Optional.empty(), storage().get(key("a/")));
  }

  @Test
  default void aScanGoesOnWhereItsJumpSays() {
    for (var path : List.of("a", "b/1", "b/2", "b/3", "c", "d/1", "d/2", "e")) {
      put(path, path);
    }
    Jump overFolders =
        path -> {
          var text = new String(path.toArray(), StandardCharsets.UTF_8);
          return text.contains("/") ? RowRange.after(folder(path)) : null;
        };
    var all = new RowRange(GROUP, Bytes.empty(), null);

    assertEquals(List.of("a", "b/1", "c", "d/1", "e"), paths(all, 1_000, overFolders));
    assertEquals(List.of("a", "b/1", "c"), paths(all, 3, overFolders));
    assertTrue(storage().scan(all, 3, overFolders).more());
    assertFalse(storage().scan(all, 5, overFolders).more());
    var middle = new RowRange(GROUP, path("b/2"), path("d/2"));
    assertEquals(List.of("b/2", "c", "d/1"), paths(middle, 1_000, overFolders));
    assertFalse(storage().scan(middle, 3, overFolders).more());
    assertEquals(8, storage().scan(all, 1_000, path -> null).rows().size());
  }

  private List<String> paths(RowRange range, int limit, Jump jump) {
    return storage().scan(range, limit, jump).rows().stream()
        .map(row -> new String(row.key().path().toArray(), StandardCharsets.UTF_8))
        .toList();
  }

  private static Bytes folder(Bytes path) {
    var text = new String(path.toArray(), StandardCharsets.UTF_8);
    return path(text.substring(0, text.indexOf('/') + 1));
  }

  @Test
  default void aRowIsReadAsItWasWritten() {
    for (int keyBytes : new int[] {1, 2, 255, 256, Limits.KEY_BYTES}) {
      for (int valueBytes : new int[] {0, 1, 4_096, Limits.ROW_BYTES}) {
        var path = Bytes.wrap(randomBytes(keyBytes));
        var value = Bytes.wrap(randomBytes(valueBytes));
        commit(batch().put(path, value));

        var row = storage().get(new RowKey(GROUP, path)).orElseThrow();
        assertEquals(new RowKey(GROUP, path), row.key());
        assertEquals(value, row.value());
      }
    }
  }

  @Test
  default void aRowHasItsLastValue() {
    put("a", "1");
    put("a", "2");

    assertEquals(Optional.of("2"), value("a"));
  }

  @Test
  default void aDeletedRowIsAbsent() {
    put("a", "1");
    put("b", "1");
    delete("a");

    assertEquals(Optional.empty(), value("a"));
    assertEquals(List.of(path("b")), paths(everything(), Order.ASCENDING, 10));
  }

  @Test
  default void groupsDoNotSeeOneAnother() {
    var groups = List.of(0L, 1L, 255L, 256L, Long.MAX_VALUE, Long.MIN_VALUE, -2L, -1L);
    var paths = List.of(Bytes.copyOf((byte) 0), path("a"), Bytes.copyOf((byte) -1, (byte) -1));
    for (long group : groups) {
      putAll(group, paths, Bytes.utf8(Long.toString(group)));
    }
    for (long group : groups) {
      var all = new RowRange(group, Bytes.empty(), null);
      assertEquals(paths, paths(all, Order.ASCENDING, 2));
      assertEquals(paths.reversed(), paths(all, Order.DESCENDING, 2));
      assertEquals(
          Optional.of(Bytes.utf8(Long.toString(group))),
          storage().get(new RowKey(group, path("a"))).map(Row::value));
    }
    var empty = new RowRange(2, Bytes.empty(), null);
    assertEquals(List.of(), paths(empty, Order.ASCENDING, 10));
    assertEquals(List.of(), paths(empty, Order.DESCENDING, 10));
  }

  @Test
  default void rowsAreInTheOrderOfUnsignedBytes() {
    var ordered =
        List.of(
                "00", "0000", "0001", "01", "61", "612f", "612f00", "6130", "7f", "80", "ff",
                "ffff")
            .stream()
            .map(hex -> Bytes.wrap(HexFormat.of().parseHex(hex)))
            .toList();
    var shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(1));
    putAll(GROUP, shuffled, Bytes.utf8("v"));

    assertEquals(ordered, paths(everything(), Order.ASCENDING, 1_000));
    assertEquals(ordered.reversed(), paths(everything(), Order.DESCENDING, 1_000));
  }

  @ParameterizedTest
  @EnumSource
  default void aRangeIncludesItsBeginningAndExcludesItsEnd(Order order) {
    putAll(GROUP, letters("abcdef"), Bytes.utf8("v"));

    assertEquals(inOrder("bcd", order), paths(range("b", "e"), order, 10));
    assertEquals(inOrder("cd", order), paths(range("bb", "dd"), order, 10));
    assertEquals(inOrder("ef", order), paths(range("e", null), order, 10));
    assertEquals(inOrder("ab", order), paths(range("", "c"), order, 10));
    assertEquals(inOrder("", order), paths(range("g", null), order, 10));
    assertEquals(inOrder("", order), paths(range("", "a"), order, 10));
  }

  @ParameterizedTest
  @EnumSource
  default void anEmptyRangeHasNoRows(Order order) {
    putAll(GROUP, letters("abc"), Bytes.utf8("v"));

    assertEquals(new Page(List.of(), false), storage().scan(range("b", "b"), order, 10));
    assertEquals(new Page(List.of(), false), storage().scan(range("c", "a"), order, 10));
  }

  @ParameterizedTest
  @EnumSource
  default void aPrefixSelectsWhatStartsWithIt(Order order) {
    var with = List.of("a/", "a/b", "a/\u00ff", "a/\u00ff\u00ff");
    var without = List.of("a", "a.", "a0", "b");
    for (var name : without) {
      put(name, "v");
    }
    for (var name : with) {
      put(name, "v");
    }
    var found = paths(RowRange.startingWith(GROUP, path("a/")), order, 10);

    var expected = with.stream().map(Fixture::path).sorted().toList();
    assertEquals(order == Order.ASCENDING ? expected : expected.reversed(), found);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 19, 20, 21, 1_000, Integer.MAX_VALUE})
  default void thePagesOfARangeAreTheRange(int limit) {
    var paths = numbered(20);
    putAll(GROUP, paths, Bytes.utf8("v"));

    assertEquals(paths, paths(everything(), Order.ASCENDING, limit));
    assertEquals(paths.reversed(), paths(everything(), Order.DESCENDING, limit));
  }

  @ParameterizedTest
  @EnumSource
  default void moreMeansThatTheRangeHasRowsBeyondThePage(Order order) {
    putAll(GROUP, letters("abcdef"), Bytes.utf8("v"));
    var middle = range("b", "e");

    assertTrue(storage().scan(middle, order, 2).more());
    assertFalse(storage().scan(middle, order, 3).more());
    assertFalse(storage().scan(middle, order, 4).more());
    assertEquals(2, storage().scan(middle, order, 2).rows().size());
  }

  @ParameterizedTest
  @EnumSource
  default void aPageHasAtMostAThousandRows(Order order) {
    var paths = numbered(Limits.PAGE_ROWS + 5);
    putAll(GROUP, paths, Bytes.utf8("v"));
    var page = storage().scan(everything(), order, Integer.MAX_VALUE);

    assertTrue(page.rows().size() <= Limits.PAGE_ROWS);
    assertTrue(page.more());
    var expected = order == Order.ASCENDING ? paths : paths.reversed();
    assertEquals(expected, paths(everything(), order, Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @EnumSource
  default void aPageHasAtMostAMebibyte(Order order) {
    var paths = numbered(40);
    putAll(GROUP, paths, Bytes.wrap(randomBytes(Limits.ROW_BYTES)));
    var page = storage().scan(everything(), order, 1_000);

    long bytes = 0;
    for (var row : page.rows()) {
      bytes += row.key().path().length() + row.value().length();
    }
    assertTrue(bytes > 0 && bytes <= Limits.PAGE_BYTES, bytes + " bytes");
    assertTrue(page.more());
    var expected = order == Order.ASCENDING ? paths : paths.reversed();
    assertEquals(expected, paths(everything(), order, 1_000));
  }

  @Test
  default void aPageHasTheRowsThatGetGives() {
    putAll(GROUP, letters("abc"), Bytes.utf8("1"));
    put("b", "2");
    var page = storage().scan(everything(), Order.ASCENDING, 10);

    assertEquals(List.of(row("a"), row("b"), row("c")), page.rows());
  }

  @Test
  default void aPageOfLessThanOneRowCannotBeAskedFor() {
    for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> storage().scan(everything(), Order.ASCENDING, limit));
    }
  }

  @Test
  default void aBatchWritesToItsGroupOnly() {
    put("a", "1");
    commit(Batch.in(GROUP + 1, UUID.randomUUID()).delete(path("a")));

    assertEquals(Optional.of("1"), value("a"));
  }

  private static RowRange range(String from, @Nullable String to) {
    return new RowRange(GROUP, path(from), to == null ? null : path(to));
  }

  private static List<Bytes> letters(String letters) {
    return letters.chars().mapToObj(c -> path(Character.toString(c))).toList();
  }

  private static List<Bytes> inOrder(String letters, Order order) {
    return order == Order.ASCENDING ? letters(letters) : letters(letters).reversed();
  }

  private static List<Bytes> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> path("row/%06d".formatted(i))).toList();
  }
}
