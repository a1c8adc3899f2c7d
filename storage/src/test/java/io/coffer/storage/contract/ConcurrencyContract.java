package io.coffer.storage.contract;

import static io.coffer.storage.contract.Fixture.batch;
import static io.coffer.storage.contract.Fixture.everything;
import static io.coffer.storage.contract.Fixture.key;
import static io.coffer.storage.contract.Fixture.path;
import static io.coffer.storage.contract.Fixture.randomBytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.Order;
import io.coffer.storage.Revision;
import io.coffer.storage.Row;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many callers at once, all on virtual threads. */
interface ConcurrencyContract extends Fixture {
  @Test
  default void aCounterLosesNoIncrement() throws Exception {
    put("counter", "0");
    Parallel.run(
        12,
        thread -> {
          for (int i = 0; i < 25; i++) {
            increment("counter");
          }
          return thread;
        });

    assertEquals(Optional.of("300"), value("counter"));
  }

  @Test
  default void ofManyWhoExpectAbsenceOneWins() throws Exception {
    for (int round = 0; round < 20; round++) {
      var name = "row " + round;
      var winners =
          Parallel.run(8, thread -> create(name, Integer.toString(thread)) ? thread : -1).stream()
              .filter(thread -> thread >= 0)
              .toList();

      assertEquals(1, winners.size(), "winners " + winners);
      assertEquals(Optional.of(winners.getFirst().toString()), value(name));
    }
  }

  /** A row that every commit checks (the bucket exists) must not make them take turns. */
  @Test
  default void checksOfOneRowDoNotRefuseOneAnother() throws Exception {
    put("bucket", "exists");
    var bucket = row("bucket");
    var refusals = new AtomicInteger();
    Parallel.run(
        16,
        thread -> {
          for (int i = 0; i < 50; i++) {
            var batch = batch().expect(bucket).expectAbsent(path("gone"));
            batch.put(path("key " + thread), Bytes.utf8("" + i));
            try {
              commitOrRefuse(batch.build());
            } catch (StorageException.Refused e) {
              refusals.incrementAndGet();
            }
          }
          return thread;
        });

    assertEquals(bucket, row("bucket"));
    if (!refusesSpuriously()) {
      assertEquals(0, refusals.get());
    }
  }

  @Test
  default void aCheckAndAWriteOfOneRowDoNotBothWin() throws Exception {
    for (int round = 0; round < 50; round++) {
      put("bucket", "exists");
      var bucket = row("bucket");
      var path = path("key " + round);
      var outcomes =
          Parallel.run(
              2,
              thread -> {
                var batch = batch().expect(bucket);
                return thread == 0
                    ? succeeds(batch.put(path, Bytes.utf8("1")))
                    : succeeds(batch.delete(path("bucket")).expectAbsent(path));
              });
      assertTrue(
          !(outcomes.getFirst() && outcomes.getLast()), "a key was made in a deleted bucket");
      assertEquals(outcomes.getFirst(), value("key " + round).isPresent());
      assertEquals(outcomes.getLast(), value("bucket").isEmpty());
    }
  }

  @Test
  default void aBatchSentByManyAtOnceIsAppliedOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      var name = "row " + round;
      var batch = batch().expectAbsent(path(name)).put(path(name), Bytes.utf8("1")).build();
      var revisions =
          Parallel.run(
              8,
              thread -> {
                commit(batch);
                return row(name).revision();
              });
      assertEquals(1, new HashSet<Revision>(revisions).size());
    }
  }

  @ParameterizedTest
  @EnumSource
  default void aPageIsOneSnapshot(Order order) throws Exception {
    int rows = 50;
    commit(all(rows, 0));
    var done = new AtomicInteger();
    Parallel.run(
        4,
        thread -> {
          if (thread == 0) {
            for (int i = 1; i <= 200; i++) {
              commit(all(rows, i));
            }
            done.set(1);
          }
          long last = -1;
          while (done.get() == 0 && !Thread.currentThread().isInterrupted()) {
            var page = storage().scan(everything(), order, 1_000).rows();
            var values = new HashSet<Bytes>();
            page.forEach(row -> values.add(row.value()));
            assertEquals(rows, page.size());
            assertEquals(1, values.size(), "a page shows a part of a batch");
            long now = number(page.getFirst());
            assertTrue(now >= last, "a page is older than the one before");
            last = now;
            LockSupport.parkNanos(50_000);
          }
          return thread;
        });
  }

  @Test
  default void aReaderSeesWhatACommitThatReturnedWrote() throws Exception {
    var committed = new AtomicLong();
    put("a", "0");
    Parallel.run(
        4,
        thread -> {
          for (int i = 1; i <= 200; i++) {
            if (thread == 0) {
              put("a", Integer.toString(i));
              committed.set(i);
            } else {
              long before = committed.get();
              long read = number(row("a"));
              assertTrue(read >= before, read + " after " + before);
            }
          }
          return thread;
        });
  }

  @Test
  default void twoHundredVirtualThreadsMayCallEverythingAtOnce() throws Exception {
    put("shared", "0");
    Parallel.run(
        200,
        thread -> {
          everyCall(thread, 3);
          return thread;
        });

    assertEquals(Optional.of("600"), value("shared"));
    assertEquals(600, announcements(null, 1_000).size());
    try (var blobs = storage().blobs(null)) {
      assertEquals(0, blobs.count());
    }
  }

  /** An engine that holds the carriers while it waits stops threads that have no part in it. */
  @Test
  default void aThreadThatDoesNotCallIsNotHeldUp() throws Exception {
    var done = new AtomicInteger();
    int callers = 64;
    var pauses =
        Parallel.run(
            callers + 1,
            thread -> {
              long longest = 0;
              if (thread < callers) {
                for (int i = 0; i < 20; i++) {
                  put("key " + thread, "" + i);
                }
                done.incrementAndGet();
              }
              while (thread == callers && done.get() < callers) {
                long start = System.nanoTime();
                Thread.sleep(1);
                longest = Math.max(longest, System.nanoTime() - start);
              }
              return TimeUnit.NANOSECONDS.toMillis(longest);
            });

    assertTrue(pauses.getLast() < 10_000, pauses.getLast() + " ms");
  }

  private void everyCall(int thread, int rounds) {
    for (int round = 0; round < rounds; round++) {
      var bytes = randomBytes(round % 2 == 0 ? 1_000 : 70_000);
      var blob = sealed(bytes);
      var name = "row %d %d".formatted(thread, round);
      var text = Bytes.utf8(blob.toString());
      commit(
          Batch.in(GROUP, UUID.randomUUID())
              .expectAbsent(path(name))
              .put(path(name), text)
              .adopt(blob)
              .announce(text));
      assertEquals(Optional.of(text), storage().get(key(name)).map(Row::value));
      assertArrayEquals(bytes, bytes(blob, 0, bytes.length));
      assertEquals(new Verdict.Sound(bytes.length), storage().verify(blob));
      assertTrue(!storage().changes(null, 10).announcements().isEmpty());
      assertTrue(storage().usage().freeBytes() >= 0);
      try (var blobs = storage().blobs(null)) {
        assertTrue(blobs.anyMatch(blob::equals));
      }
      var last = storage().scan(everything(), Order.DESCENDING, 5).rows();
      assertTrue(!last.isEmpty());
      commit(batch().expect(row(name)).delete(path(name)).release(blob));
      assertEquals(Optional.empty(), value(name));
      increment("shared");
    }
  }

  private void increment(String name) {
    while (true) {
      var read = row(name);
      var next = Bytes.utf8(Long.toString(number(read) + 1));
      if (succeeds(batch().expect(read).put(path(name), next))) {
        return;
      }
      try {
        Thread.sleep(ThreadLocalRandom.current().nextInt(1, 8));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private boolean create(String name, String value) {
    while (storage().get(key(name)).isEmpty() && !Thread.currentThread().isInterrupted()) {
      if (succeeds(batch().expectAbsent(path(name)).put(path(name), Bytes.utf8(value)))) {
        return true;
      }
    }
    return false;
  }

  private boolean succeeds(Batch.Builder batch) {
    try {
      commitOrRefuse(batch.build());
      return true;
    } catch (StorageException.Refused e) {
      return false;
    }
  }

  private static Batch all(int rows, int value) {
    var batch = batch();
    for (int i = 0; i < rows; i++) {
      batch.put(path("row " + i), Bytes.utf8(Integer.toString(value)));
    }
    return batch.build();
  }

  private static long number(Row row) {
    return Long.parseLong(new String(row.value().toArray(), UTF_8));
  }
}
