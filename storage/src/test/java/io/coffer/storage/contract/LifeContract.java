package io.coffer.storage.contract;

import static io.coffer.storage.contract.Fixture.batch;
import static io.coffer.storage.contract.Fixture.everything;
import static io.coffer.storage.contract.Fixture.key;
import static io.coffer.storage.contract.Fixture.newBlobId;
import static io.coffer.storage.contract.Fixture.path;
import static io.coffer.storage.contract.Fixture.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.Bytes;
import io.coffer.storage.Inspection;
import io.coffer.storage.Order;
import io.coffer.storage.StorageException;
import io.coffer.storage.Usage;
import io.coffer.storage.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Usage, and what outlives the storage that wrote it. */
interface LifeContract extends Fixture {
  @Test
  default void usageGrowsAndShrinksWithTheBlobs() {
    long before = total(storage().usage());
    var large = sealed(randomBytes(4 << 20));
    commit(batch().adopt(large));
    long with = total(storage().usage());
    assertTrue(with >= before + (4 << 20), before + " then " + with);

    commit(batch().release(large));
    long after = total(storage().usage());
    assertTrue(after <= with - (4 << 20), with + " then " + after);
  }

  @Test
  default void usageGrowsWithTheRows() {
    long before = total(storage().usage());
    var value = Bytes.wrap(randomBytes(10_000));
    putAll(GROUP, IntStream.range(0, 200).mapToObj(i -> path("row " + i)).toList(), value);
    long with = total(storage().usage());

    assertTrue(with >= before + 1_000_000, before + " then " + with);
  }

  @Test
  default void anInspectionOfWhatIsSoundEndsAndFindsNothing() {
    putAll(GROUP, IntStream.range(0, 200).mapToObj(i -> path("row " + i)).toList(), path("value"));
    var released = sealed(randomBytes(200_000));
    commit(batch().adopt(sealed(randomBytes(300_000))).adopt(sealed(randomBytes(100))));
    commit(batch().adopt(released));
    commit(batch().release(released));
    sealed(randomBytes(200_000));

    assertEquals(List.of(), inspect());
    reopened();
    assertEquals(List.of(), inspect());
  }

  private List<Inspection.Finding> inspect() {
    var findings = new ArrayList<Inspection.Finding>();
    var step = storage().inspect(null);
    for (int steps = 1; ; steps++) {
      assertTrue(steps < 100_000 && step.bytes() >= 0, "a walk without end");
      findings.addAll(step.findings());
      if (step.next() == null) {
        return findings;
      }
      step = storage().inspect(step.next());
    }
  }

  @Test
  default void roomIsNeverLessThanNothing() {
    var usage = storage().usage();

    assertTrue(usage.rowBytes() >= 0 && usage.blobBytes() >= 0 && usage.freeBytes() >= 0);
  }

  @Test
  default void rowsOutliveTheStorage() {
    put("a", "1");
    put("b", "1");
    put("a", "2");
    delete("b");
    var a = row("a");
    reopened();

    assertEquals(Optional.of(a), storage().get(key("a")));
    assertEquals(List.of(path("a")), paths(everything(), Order.ASCENDING, 10));
    commit(batch().expect(a).put(path("a"), Bytes.utf8("3")));
    assertEquals(Optional.of("3"), value("a"));
  }

  @Test
  default void revisionsAreNotUsedAgainByTheNextStorage() {
    put("a", "1");
    var old = row("a");
    reopened();
    delete("a");
    for (int i = 0; i < 20; i++) {
      put("a", "1");
      assertNotEquals(old.revision(), row("a").revision());
      reopened();
    }
    assertRefused(batch().expect(old).put(path("a"), Bytes.utf8("2")));
  }

  @Test
  default void adoptedBlobsOutliveTheStorageAndUnsealedOnesDoNot() {
    var small = sealed(randomBytes(100));
    var large = sealed(randomBytes(300_000));
    var released = sealed(randomBytes(200_000));
    var unsealed = newBlobId();
    commit(batch().put(path("a"), Bytes.utf8("1")).adopt(small).adopt(large).adopt(released));
    commit(batch().release(released));
    try (var writer = storage().write(unsealed, BlobHint.UNKNOWN)) {
      writer.write(ByteBuffer.wrap(randomBytes(100_000)));
    }
    reopened();

    assertArrayEquals(randomBytes(100), bytes(small, 0, 100));
    assertArrayEquals(randomBytes(300_000), bytes(large, 0, 300_000));
    assertEquals(new Verdict.Missing(), storage().verify(released));
    assertEquals(new Verdict.Missing(), storage().verify(unsealed));
    try (var blobs = storage().blobs(null)) {
      assertEquals(List.of(small, large).stream().sorted().toList(), blobs.toList());
    }
  }

  @Test
  default void theFeedAndItsCursorsOutliveTheStorage() {
    commit(batch().announce(Bytes.utf8("1")).announce(Bytes.utf8("2")));
    commit(batch().announce(Bytes.utf8("3")).announce(Bytes.utf8("4")));
    var first = storage().changes(null, 1).next();
    var second = storage().changes(first, 1).next();
    reopened();
    assertEquals(List.of("3", "4"), announcements(second, 10));
    commit(batch().announce(Bytes.utf8("5")));
    assertEquals(List.of("2", "3", "4", "5"), announcements(first, 10));

    if (second != null) {
      storage().forget(second);
    }
    reopened();
    assertEquals(List.of("3", "4", "5"), announcements(null, 10));
    commit(batch().announce(Bytes.utf8("6")));
    assertEquals(List.of("3", "4", "5", "6"), announcements(second, 10));
  }

  @Test
  default void aStorageMayBeClosedTwiceAndThenAnswersNothing() {
    put("a", "1");
    var blob = sealed(randomBytes(10));
    storage().close();
    storage().close();

    assertThrows(StorageException.class, () -> storage().get(key("a")));
    assertThrows(StorageException.class, () -> storage().scan(everything(), Order.ASCENDING, 10));
    assertThrows(
        StorageException.class,
        () -> storage().commit(batch().put(path("a"), Bytes.utf8("2")).build()));
    assertThrows(StorageException.class, () -> storage().changes(null, 10));
    assertThrows(StorageException.class, () -> storage().read(blob, 0, 10));
    assertThrows(StorageException.class, () -> storage().write(newBlobId(), BlobHint.UNKNOWN));
    assertThrows(StorageException.class, () -> storage().blobs(null));
    assertThrows(StorageException.class, () -> storage().discard(blob));
    assertThrows(StorageException.class, () -> storage().verify(blob));
    assertThrows(StorageException.class, () -> storage().inspect(null));
    assertThrows(StorageException.class, () -> storage().usage());
  }

  @Test
  default void callsUnderWayEndWhenTheStorageIsClosed() throws Exception {
    put("a", "0");
    Parallel.run(
        16,
        thread -> {
          if (thread == 0) {
            Thread.sleep(30);
            storage().close();
          } else {
            assertThrows(StorageException.class, () -> callForEver(thread));
          }
          return thread;
        });
    assertThrows(StorageException.class, () -> storage().get(key("a")));
  }

  private void callForEver(int thread) {
    for (int i = 0; ; i++) {
      put("key " + thread, Integer.toString(i));
      var blob = sealed(randomBytes(20_000));
      assertEquals(20_000, bytes(blob, 0, 20_000).length);
      storage().discard(blob);
    }
  }

  private static long total(Usage usage) {
    return usage.rowBytes() + usage.blobBytes();
  }
}
