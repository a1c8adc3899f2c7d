package io.coffer.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order of bytes, keys and blob ids, and the ranges made of them. */
class KeysTest {
  private static Bytes hex(String hex) {
    return Bytes.wrap(HexFormat.of().parseHex(hex));
  }

  private static <T extends Comparable<? super T>> void assertSorted(List<T> ordered) {
    var shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);
    assertEquals(ordered, shuffled);
  }

  @Test
  void bytesAreOrderedUnsigned() {
    assertSorted(
        List.of(Bytes.empty(), hex("00"), hex("0000"), hex("01"), hex("7f"), hex("80"), hex("ff")));
  }

  @Test
  void keysAreOrderedByUnsignedGroupThenPath() {
    assertSorted(
        List.of(
            new RowKey(0, hex("ff")),
            new RowKey(1, hex("00")),
            new RowKey(1, hex("80")),
            new RowKey(Long.MAX_VALUE, hex("00")),
            new RowKey(Long.MIN_VALUE, hex("00")),
            new RowKey(-1, hex("00"))));
  }

  @Test
  void aKeyHasOneTo2400Bytes() {
    assertEquals(2_400, new RowKey(1, Bytes.wrap(new byte[2_400])).path().length());
    assertThrows(IllegalArgumentException.class, () -> new RowKey(1, Bytes.empty()));
    assertThrows(IllegalArgumentException.class, () -> new RowKey(1, Bytes.wrap(new byte[2_401])));
  }

  @Test
  void blobIdsAreOrderedAsTheirText() {
    var ids =
        List.of(
            new BlobId(0, 0),
            new BlobId(0, Long.MIN_VALUE),
            new BlobId(0, -1),
            new BlobId(1, 0),
            new BlobId(-1, 0));
    assertSorted(ids);
    assertSorted(ids.stream().map(BlobId::toString).toList());
    for (var id : ids) {
      assertEquals(BlobId.TEXT_LENGTH, id.toString().length());
      assertEquals(id, BlobId.parse(id.toString()));
    }
    assertThrows(IllegalArgumentException.class, () -> BlobId.parse("00"));
    assertThrows(IllegalArgumentException.class, () -> BlobId.parse("g".repeat(32)));
  }

  @Test
  void theEndOfAPrefixIsTheSmallestStringBeyondIt() {
    assertEquals(hex("6130"), RowRange.after(hex("612f")));
    assertEquals(hex("62"), RowRange.after(hex("61ff")));
    assertEquals(hex("62"), RowRange.after(hex("61ffff")));
    assertNull(RowRange.after(hex("ffff")));
    assertNull(RowRange.after(Bytes.empty()));
  }

  @Test
  void aRangeGoesOnAfterAKey() {
    var range = RowRange.startingWith(3, hex("61"));

    assertEquals(
        new RowRange(3, hex("612f00"), hex("62")), range.after(new RowKey(3, hex("612f"))));
    assertTrue(hex("612f").compareTo(hex("612f").next()) < 0);
    assertTrue(new RowRange(3, hex("62"), hex("62")).isEmpty());
    assertFalse(range.isEmpty());
    assertFalse(new RowRange(3, Bytes.empty(), null).isEmpty());
  }
}
