package io.coffer.storage.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Fault;
import io.coffer.storage.Faulty;
import io.coffer.storage.Order;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FaultyTest {
  private static final RowKey KEY = new RowKey(1, Bytes.utf8("a"));
  private static final BlobId BLOB = new BlobId(1, 1);

  private final MemoryStorage memory = MemoryStorage.create();

  private Faulty always(Fault fault) {
    return new Faulty(memory, 1, Map.of(fault, 1.0));
  }

  private static Batch put() {
    return Batch.in(1, UUID.randomUUID()).put(KEY.path(), Bytes.utf8("1")).build();
  }

  @Test
  void withoutFaultsItIsTheStorageItself() {
    var faulty = new Faulty(memory, 1, Map.of());
    faulty.commit(put());

    assertEquals(memory.get(KEY), faulty.get(KEY));
    assertTrue(Stream.of(Fault.values()).allMatch(fault -> faulty.injected(fault) == 0));
    faulty.close();
    assertThrows(StorageException.class, () -> memory.get(KEY));
  }

  @Test
  void aRefusedCommitIsNotApplied() {
    var faulty = always(Fault.REFUSED);

    assertThrows(StorageException.Refused.class, () -> faulty.commit(put()));
    assertEquals(Optional.empty(), faulty.get(KEY));
    assertEquals(1, faulty.injected(Fault.REFUSED));
  }

  @Test
  void anOutcomeMayBeUnknownBeforeTheCommit() {
    var faulty = always(Fault.UNKNOWN_BEFORE);

    assertThrows(StorageException.OutcomeUnknown.class, () -> faulty.commit(put()));
    assertEquals(Optional.empty(), faulty.get(KEY));
  }

  @Test
  void anOutcomeMayBeUnknownAfterTheCommit() {
    var faulty = always(Fault.UNKNOWN_AFTER);

    assertThrows(StorageException.OutcomeUnknown.class, () -> faulty.commit(put()));
    assertTrue(faulty.get(KEY).isPresent());
  }

  @Test
  void anAnswerThatIsLostMayHaveBeenARefusal() {
    memory.commit(put());
    var faulty = always(Fault.UNKNOWN_AFTER);
    var batch = Batch.in(1, UUID.randomUUID()).expectAbsent(KEY.path()).build();

    var unknown = assertThrows(StorageException.OutcomeUnknown.class, () -> faulty.commit(batch));
    assertInstanceOf(StorageException.Refused.class, unknown.getCause());
  }

  @Test
  void aBatchThatIsAppliedIsNotRefusedWhenItComesAgain() {
    var rates =
        Map.of(Fault.UNKNOWN_AFTER, 0.2, Fault.REFUSED, 0.3, Fault.FAILURE, 0.2, Fault.FULL, 0.2);
    var faulty = new Faulty(memory, 11, rates);
    for (int i = 0; i < 300; i++) {
      var path = Bytes.utf8("row " + i);
      var batch =
          Batch.in(1, UUID.randomUUID()).expectAbsent(path).put(path, Bytes.utf8("1")).build();
      boolean applied = isApplied(faulty, batch);
      assertEquals(applied, memory.get(new RowKey(1, path)).isPresent());
      if (applied) {
        assertTrue(isApplied(faulty, batch));
      }
    }
    assertTrue(faulty.injected(Fault.UNKNOWN_AFTER) > 0 && faulty.injected(Fault.REFUSED) > 0);
  }

  /** What a caller concludes who sends the batch again until he has an answer. */
  private static boolean isApplied(Storage storage, Batch batch) {
    Optional<Boolean> known = Optional.empty();
    while (known.isEmpty()) {
      try {
        storage.commit(batch);
        known = Optional.of(true);
      } catch (StorageException e) {
        boolean unknown = e instanceof StorageException.OutcomeUnknown;
        known = unknown ? Optional.empty() : Optional.of(false);
      }
    }
    return known.get();
  }

  @Test
  void everyCallMayFail() {
    var all = new RowRange(1, Bytes.empty(), null);
    memory.commit(announced());
    write(memory);
    var cursor = memory.changes(null, 1).next();
    var faulty = always(Fault.FAILURE);
    List<Executable> calls =
        List.of(
            () -> faulty.get(KEY),
            () -> faulty.scan(all, Order.ASCENDING, 1),
            () -> faulty.commit(put()),
            () -> faulty.changes(null, 1),
            () -> faulty.forget(Objects.requireNonNull(cursor)),
            () -> faulty.write(new BlobId(2, 2), BlobHint.UNKNOWN),
            () -> faulty.read(BLOB, 0, 1),
            () -> faulty.blobs(null),
            () -> faulty.discard(BLOB),
            () -> faulty.verify(BLOB),
            () -> faulty.inspect(null),
            faulty::usage);
    for (var call : calls) {
      assertThrows(StorageException.Failure.class, call);
    }
    assertEquals((long) calls.size(), faulty.injected(Fault.FAILURE));
    assertEquals(new Verdict.Sound(100_000), memory.verify(BLOB));
    assertEquals(1, memory.changes(null, 10).announcements().size());
  }

  @Test
  void thereMayBeNoRoomForABatchOrABlobButReadingGoesOn() {
    write(memory);
    var faulty = always(Fault.FULL);

    assertThrows(StorageException.Full.class, () -> faulty.commit(put()));
    assertThrows(
        StorageException.Full.class, () -> faulty.write(new BlobId(2, 2), BlobHint.UNKNOWN));
    assertEquals(Optional.empty(), faulty.get(KEY));
    assertEquals(new Verdict.Sound(100_000), faulty.verify(BLOB));
  }

  @Test
  void writersAndReadersFailInTheMiddle() {
    boolean failedInWrite = false;
    boolean failedInSeal = false;
    boolean failedInRead = false;
    for (int seed = 0; seed < 200; seed++) {
      var faulty =
          new Faulty(MemoryStorage.create(), seed, Map.of(Fault.FAILURE, 0.2, Fault.FULL, 0.2));
      var at = stepThatFails(faulty);
      failedInWrite |= at.equals("write");
      failedInSeal |= at.equals("seal");
      failedInRead |= at.equals("next");
    }
    assertTrue(failedInWrite && failedInSeal && failedInRead);
  }

  private static String stepThatFails(Storage storage) {
    var step = "open";
    try (var writer = storage.write(BLOB, BlobHint.UNKNOWN)) {
      step = "write";
      writer.write(ByteBuffer.allocate(100_000));
      step = "seal";
      writer.seal();
      step = "read";
      try (var reader = storage.read(BLOB, 0, 100_000)) {
        step = "next";
        while (reader.next() != null) {}
        return "none";
      }
    } catch (StorageException.Failure | StorageException.Full e) {
      return step;
    }
  }

  @Test
  void aSlowCallWaitsAndThenAnswers() {
    memory.commit(put());
    var faulty = new Faulty(memory, 1, Map.of(Fault.SLOW, 1.0), Duration.ofMillis(20));
    long start = System.nanoTime();

    assertEquals(memory.get(KEY), faulty.get(KEY));
    assertTrue(System.nanoTime() - start >= Duration.ofMillis(20).toNanos());
    assertEquals(1, faulty.injected(Fault.SLOW));
  }

  @Test
  void theSameSeedAndCallsMeetTheSameFaults() {
    var first = life(42);

    assertEquals(first, life(42));
    assertNotEquals(first, life(43));
  }

  @Test
  void faultsAreAsFrequentAsTheirRates() {
    var rates =
        Map.of(Fault.REFUSED, 0.3, Fault.UNKNOWN_BEFORE, 0.1, Fault.FAILURE, 0.2, Fault.FULL, 0.05);
    var faulty = new Faulty(memory, 7, rates);
    int calls = 20_000;
    for (int i = 0; i < calls; i++) {
      outcome(faulty);
    }
    rates.forEach(
        (fault, rate) -> assertEquals(rate, (double) faulty.injected(fault) / calls, 0.02));
    assertEquals(0, faulty.injected(Fault.UNKNOWN_AFTER));
  }

  @Test
  void aRateIsAProbability() {
    for (var rates :
        List.of(
            Map.of(Fault.FULL, -0.1),
            Map.of(Fault.SLOW, 1.1),
            Map.of(Fault.FULL, Double.NaN),
            Map.of(Fault.FULL, 0.6, Fault.FAILURE, 0.6))) {
      assertThrows(IllegalArgumentException.class, () -> new Faulty(memory, 1, rates));
    }
  }

  private static List<String> life(long seed) {
    var rates = Map.of(Fault.REFUSED, 0.2, Fault.UNKNOWN_AFTER, 0.2, Fault.FAILURE, 0.2);
    var faulty = new Faulty(MemoryStorage.create(), seed, rates);
    var outcomes = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      outcomes.add(outcome(faulty));
    }
    return outcomes;
  }

  private static String outcome(Storage storage) {
    try {
      storage.commit(put());
      return "applied";
    } catch (StorageException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static Batch announced() {
    return Batch.in(1, UUID.randomUUID()).announce(Bytes.utf8("told")).build();
  }

  private static void write(Storage storage) {
    try (var writer = storage.write(BLOB, BlobHint.UNKNOWN)) {
      writer.write(ByteBuffer.allocate(100_000));
      writer.seal();
    }
  }
}
