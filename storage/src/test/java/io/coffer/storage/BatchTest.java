package io.coffer.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A batch beyond a limit cannot be made; that backends take one at the limit is the contract's. */
class BatchTest {
  private static final UUID ID = new UUID(1, 2);

  private static Batch.Builder batch() {
    return Batch.in(7, ID);
  }

  private static Bytes bytes(int length) {
    return Bytes.wrap(new byte[length]);
  }

  private static void assertBeyond(Batch.Builder batch) {
    assertThrows(IllegalArgumentException.class, batch::build);
  }

  @Test
  void aKeyHasOneTo2400Bytes() {
    assertEquals(1, batch().put(bytes(Limits.KEY_BYTES), bytes(0)).build().writes().size());
    assertBeyond(batch().put(bytes(Limits.KEY_BYTES + 1), bytes(0)));
    assertBeyond(batch().delete(bytes(Limits.KEY_BYTES + 1)));
    assertBeyond(batch().expectAbsent(bytes(Limits.KEY_BYTES + 1)));
    assertBeyond(batch().put(bytes(0), bytes(0)));
    assertBeyond(batch().delete(bytes(0)));
    assertBeyond(batch().expectAbsent(bytes(0)));
  }

  @Test
  void aRowHasAtMost64KiB() {
    assertEquals(1, batch().put(bytes(1), bytes(Limits.ROW_BYTES)).build().writes().size());
    assertBeyond(batch().put(bytes(1), bytes(Limits.ROW_BYTES + 1)));
  }

  @Test
  void aBatchHasAtMost128RowsAnd128ExpectationsAnd128Blobs() {
    var rows = batch();
    var expectations = batch();
    var blobs = batch();
    for (int i = 0; i < 128; i++) {
      rows.put(Bytes.utf8("row " + i), bytes(0));
      expectations.expectAbsent(Bytes.utf8("row " + i));
      blobs = i % 2 == 0 ? blobs.adopt(new BlobId(0, i)) : blobs.release(new BlobId(0, i));
    }
    assertEquals(128, rows.build().writes().size());
    assertEquals(128, expectations.build().expectations().size());
    assertEquals(64, blobs.build().adopted().size());

    assertBeyond(rows.delete(Bytes.utf8("one more")));
    assertBeyond(expectations.expectAbsent(Bytes.utf8("one more")));
    assertBeyond(blobs.adopt(new BlobId(1, 1)));
  }

  @Test
  void aBatchHasAtMostAMebibyteOfKeysValuesAndAnnouncements() {
    var batch = batch();
    for (int i = 10; i < 25; i++) {
      batch.put(Bytes.utf8(Integer.toString(i)), bytes(Limits.ROW_BYTES));
    }
    int left = Limits.BATCH_BYTES - 15 * (Limits.ROW_BYTES + 2);
    batch.expectAbsent(bytes(2_000)).announce(bytes(left - 2_000));
    assertEquals(15, batch.build().writes().size());

    assertBeyond(batch.announce(bytes(1)));
  }

  @Test
  void aRowOfAnotherGroupCannotBeExpected() {
    var row = new Row(new RowKey(8, bytes(1)), bytes(1), new Revision(1));

    assertThrows(IllegalArgumentException.class, () -> batch().expect(row));
  }

  @Test
  void aBatchIsItsOwnWhenTheBuilderGoesOn() {
    var builder = batch().put(bytes(1), bytes(1)).announce(bytes(1));
    var batch = builder.build();
    builder.put(bytes(2), bytes(2)).announce(bytes(2));

    assertEquals(
        new Batch(
            ID,
            7,
            Map.of(bytes(1), Optional.of(bytes(1))),
            Map.of(),
            List.of(),
            List.of(),
            List.of(bytes(1)),
            Durability.SYNC),
        batch);
    assertThrows(UnsupportedOperationException.class, () -> batch.writes().clear());
  }
}
