package io.coffer.storage.contract;

import static io.coffer.storage.contract.Fixture.batch;
import static io.coffer.storage.contract.Fixture.everything;
import static io.coffer.storage.contract.Fixture.key;
import static io.coffer.storage.contract.Fixture.path;
import static io.coffer.storage.contract.Fixture.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.Limits;
import io.coffer.storage.Order;
import io.coffer.storage.Revision;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Writing rows: batches, what they expect, and batches that come again. */
interface BatchContract extends Fixture {
  @Test
  default void aBatchIsAppliedWhole() {
    put("old", "1");
    commit(
        batch()
            .put(path("a"), Bytes.utf8("1"))
            .put(path("b"), Bytes.utf8("2"))
            .delete(path("old"))
            .delete(path("never was")));

    assertEquals(Optional.of("1"), value("a"));
    assertEquals(Optional.of("2"), value("b"));
    assertEquals(Optional.empty(), value("old"));
  }

  @Test
  default void anEmptyBatchChangesNothing() {
    put("a", "1");
    var before = row("a");
    commit(batch());

    assertEquals(before, row("a"));
  }

  @Test
  default void aRowThatIsAsReadMayBeWritten() {
    put("a", "1");
    commit(batch().expect(row("a")).put(path("a"), Bytes.utf8("2")));
    assertEquals(Optional.of("2"), value("a"));

    commit(batch().expect(row("a")).delete(path("a")));
    assertEquals(Optional.empty(), value("a"));

    commit(batch().expectAbsent(path("a")).put(path("a"), Bytes.utf8("3")));
    assertEquals(Optional.of("3"), value("a"));
  }

  @Test
  default void aRowThatChangedRefusesTheBatch() {
    put("a", "1");
    var read = row("a");
    put("a", "2");
    assertRefused(batch().expect(read).put(path("a"), Bytes.utf8("3")));

    delete("a");
    assertRefused(batch().expect(read).put(path("a"), Bytes.utf8("3")));
    assertEquals(Optional.empty(), value("a"));
  }

  @Test
  default void aRowThatIsThereRefusesABatchThatExpectsItsAbsence() {
    put("a", "1");

    assertRefused(batch().expectAbsent(path("a")).put(path("a"), Bytes.utf8("2")));
    assertEquals(Optional.of("1"), value("a"));
  }

  @Test
  default void aRevisionIsExpectedOfNamedRowsOnly() {
    put("a", "1");
    put("b", "1");
    var a = row("a");
    put("b", "2");

    commit(batch().expect(a).put(path("b"), Bytes.utf8("3")));
    assertEquals(Optional.of("3"), value("b"));
  }

  @Test
  default void aRefusedBatchChangesNothing() {
    put("a", "1");
    put("b", "1");
    var a = row("a");
    var b = row("b");
    var kept = sealed(randomBytes(100));
    var offered = sealed(randomBytes(200));
    commit(batch().adopt(kept));
    put("z", "changed");

    assertRefused(
        batch()
            .put(path("a"), Bytes.utf8("2"))
            .delete(path("b"))
            .put(path("c"), Bytes.utf8("2"))
            .expectAbsent(path("z"))
            .adopt(offered)
            .release(kept)
            .announce(Bytes.utf8("nothing")));
    assertEquals(a, row("a"));
    assertEquals(b, row("b"));
    assertEquals(Optional.empty(), value("c"));
    assertEquals(List.of(), announcements(null, 10));
    assertArrayEquals(randomBytes(100), bytes(kept, 0, 100));
    assertArrayEquals(randomBytes(200), bytes(offered, 0, 200));
  }

  @Test
  default void oneOfManyExpectationsRefusesTheBatch() {
    var batch = batch();
    for (int i = 0; i < 20; i++) {
      put("row " + i, "1");
      batch.expect(row("row " + i));
    }
    put("row 13", "2");

    assertRefused(batch.put(path("a"), Bytes.utf8("1")));
    assertEquals(Optional.empty(), value("a"));
  }

  @Test
  default void aRowThatIsOnlyCheckedStaysAsItIs() {
    put("checked", "1");
    var checked = row("checked");
    commit(batch().expect(checked).expectAbsent(path("absent")).put(path("a"), Bytes.utf8("1")));

    assertEquals(checked, row("checked"));
    assertEquals(Optional.empty(), value("absent"));
    commit(batch().expect(checked).put(path("b"), Bytes.utf8("1")));
    assertEquals(Optional.of("1"), value("b"));
  }

  @Test
  default void theSameValueWrittenAgainHasANewRevision() {
    put("a", "1");
    var first = row("a");
    put("a", "1");

    assertNotEquals(first.revision(), row("a").revision());
    assertRefused(batch().expect(first).put(path("a"), Bytes.utf8("2")));
  }

  @Test
  default void aRowThatWasDeletedAndMadeAgainHasANewRevision() {
    Set<Revision> revisions = new HashSet<>();
    put("a", "1");
    var first = row("a");
    for (int i = 0; i < 10; i++) {
      put("a", "1");
      revisions.add(row("a").revision());
      delete("a");
    }
    put("a", "1");

    assertEquals(10, revisions.size());
    assertNotEquals(first.revision(), row("a").revision());
    assertEquals(false, revisions.contains(row("a").revision()));
    assertRefused(batch().expect(first).put(path("a"), Bytes.utf8("2")));
  }

  @Test
  default void aBatchThatComesAgainIsAppliedOnce() {
    var blob = sealed(randomBytes(10));
    var batch =
        batch()
            .expectAbsent(path("a"))
            .put(path("a"), Bytes.utf8("1"))
            .adopt(blob)
            .announce(Bytes.utf8("a"))
            .build();
    commit(batch);
    var row = row("a");
    commitOrRefuse(batch);
    assertEquals(row, row("a"));

    put("a", "2");
    commitOrRefuse(batch);
    assertEquals(Optional.of("2"), value("a"));

    delete("a");
    commit(batch().release(blob));
    commitOrRefuse(batch);
    assertEquals(Optional.empty(), value("a"));
    assertEquals(List.of("a"), announcements(null, 10));
  }

  @Test
  default void aBatchIsKnownAgainAfterManyOthers() throws Exception {
    var batch = batch().put(path("a"), Bytes.utf8("1")).build();
    commit(batch);
    delete("a");
    Parallel.run(
        16,
        thread -> {
          for (int i = 0; i < 100; i++) {
            put("other " + thread, Integer.toString(i));
          }
          return thread;
        });
    commitOrRefuse(batch);

    assertEquals(Optional.empty(), value("a"));
  }

  @Test
  default void aBatchThatWasRefusedMayComeAgain() {
    put("a", "1");
    var batch = batch().expectAbsent(path("a")).put(path("a"), Bytes.utf8("2"));
    assertRefused(batch);
    delete("a");
    commit(batch);

    assertEquals(Optional.of("2"), value("a"));
  }

  @Test
  default void aBatchMayHaveAsManyRowsAsTheLimitSays() {
    var first = batch();
    for (int i = 0; i < Limits.BATCH_ROWS; i++) {
      first.expectAbsent(path("row " + i)).put(path("row " + i), Bytes.utf8("1"));
    }
    commit(first);
    var second = batch();
    for (int i = 0; i < Limits.BATCH_ROWS; i++) {
      second.expect(row("row " + i)).delete(path("row " + i));
    }
    assertEquals(Limits.BATCH_ROWS, paths(everything(), Order.ASCENDING, 1_000).size());

    commit(second);
    assertEquals(List.of(), paths(everything(), Order.ASCENDING, 1_000));
  }

  @Test
  default void aBatchMayHaveAsManyBytesAsTheLimitSays() {
    var value = Bytes.wrap(randomBytes(Limits.ROW_BYTES));
    var batch = Batch.in(GROUP, UUID.randomUUID());
    int left = Limits.BATCH_BYTES;
    for (int i = 10; left > value.length() + 2; i++) {
      batch.put(path(Integer.toString(i)), value);
      left -= value.length() + 2;
    }
    batch.announce(Bytes.wrap(randomBytes(left)));
    commit(batch);

    for (int i = 10; i < 10 + Limits.BATCH_BYTES / value.length() - 1; i++) {
      var row = storage().get(key(Integer.toString(i)));
      assertEquals(Optional.of(value), row.map(Row::value));
    }
    assertEquals(
        List.of(Bytes.wrap(randomBytes(left))), storage().changes(null, 10).announcements());
  }

  @Test
  default void aBatchMayHaveAsManyBlobsAsTheLimitSays() {
    var adopt = batch();
    var release = batch();
    for (int i = 0; i < Limits.BATCH_BLOBS; i++) {
      var blob = sealed(randomBytes(i));
      adopt.adopt(blob);
      release.release(blob);
    }
    commit(adopt.put(path("a"), Bytes.utf8("1")));
    try (var blobs = storage().blobs(null)) {
      assertEquals(Limits.BATCH_BLOBS, blobs.count());
    }
    commit(release.put(path("b"), Bytes.utf8("1")));
    try (var blobs = storage().blobs(null)) {
      assertEquals(0, blobs.count());
    }
    assertEquals(Optional.of("1"), value("a"));
    assertEquals(Optional.of("1"), value("b"));
    assertEquals(Optional.empty(), storage().get(new RowKey(GROUP + 1, path("a"))));
  }
}
