package io.coffer.storage.contract;

import static io.coffer.storage.contract.Fixture.batch;
import static io.coffer.storage.contract.Fixture.path;
import static io.coffer.storage.contract.Fixture.randomBytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.Changes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Limits;
import io.coffer.storage.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The change feed. */
interface FeedContract extends Fixture {
  @Test
  default void aFeedBeginsEmpty() {
    put("a", "1");

    assertEquals(new Changes(List.of(), null), storage().changes(null, 10));
  }

  @Test
  default void announcementsAreInTheOrderOfTheCommits() {
    commit(batch().announce(Bytes.utf8("1")).announce(Bytes.utf8("2")).announce(Bytes.utf8("3")));
    put("a", "1");
    announce(4, 300);

    assertEquals(numbers(1, 300), announcements(null, Limits.PAGE_ROWS));
  }

  @Test
  default void thePagesOfTheFeedAreTheFeed() {
    announce(1, 30);

    for (int limit : new int[] {1, 2, 7, 29, 30, 31}) {
      assertEquals(numbers(1, 30), announcements(null, limit));
      assertTrue(storage().changes(null, limit).announcements().size() <= limit);
    }
  }

  @Test
  default void aCursorIsResumedAfterItsLastAnnouncement() {
    announce(1, 10);
    var first = storage().changes(null, 4);
    var again = new Cursor(Bytes.wrap(cursor(first.next()).position().toArray()));

    assertEquals(numbers(5, 10), announcements(again, 3));
    announce(11, 12);
    assertEquals(numbers(5, 12), announcements(again, 100));
  }

  @Test
  default void theCursorAtTheEndIsTheOneThatWasGiven() {
    announce(1, 3);
    var end = cursor(storage().changes(null, 10).next());

    assertEquals(new Changes(List.of(), end), storage().changes(end, 10));
    announce(4, 5);
    assertEquals(numbers(4, 5), announcements(end, 10));
  }

  @Test
  default void whatIsForgottenIsNotToldAgain() {
    announce(1, 10);
    var fourth = cursor(storage().changes(null, 4).next());
    var sixth = cursor(storage().changes(fourth, 2).next());
    storage().forget(fourth);
    assertEquals(numbers(5, 10), announcements(null, 100));
    assertEquals(numbers(7, 10), announcements(sixth, 100));

    storage().forget(sixth);
    storage().forget(fourth);
    assertEquals(numbers(7, 10), announcements(null, 100));
    assertEquals(numbers(7, 10), announcements(fourth, 100));
  }

  @Test
  default void aFeedThatIsForgottenWholeGoesOn() {
    announce(1, 3);
    var end = cursor(storage().changes(null, 10).next());
    storage().forget(end);
    assertNull(storage().changes(null, 10).next());
    announce(4, 5);

    assertEquals(numbers(4, 5), announcements(null, 10));
    assertEquals(numbers(4, 5), announcements(end, 10));
  }

  @Test
  default void aPageOfTheFeedHasAtMostAMebibyte() {
    for (int i = 0; i < 10; i++) {
      commit(batch().announce(Bytes.wrap(randomBytes(300 << 10))).announce(Bytes.empty()));
    }
    int seen = 0;
    for (var page = storage().changes(null, 1_000);
        !page.announcements().isEmpty();
        page = storage().changes(page.next(), 1_000)) {
      int bytes = page.announcements().stream().mapToInt(Bytes::length).sum();
      assertTrue(bytes <= Limits.PAGE_BYTES, bytes + " bytes");
      seen += page.announcements().size();
      assertTrue(seen <= 1_000, "the feed has no end");
    }
    assertTrue(seen >= 20, seen + " announcements");
  }

  @Test
  default void aPageOfTheFeedHasOneToAThousandAnnouncements() {
    for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, Limits.PAGE_ROWS + 1}) {
      assertThrows(IllegalArgumentException.class, () -> storage().changes(null, limit));
    }
  }

  /** The fault of "sequence greater than the last seen": a reader overtakes a slow committer. */
  @Test
  default void aReaderBesideManyWritersMissesNothing() throws Exception {
    int writers = 8;
    int commits = 100;
    var writing = new AtomicInteger(writers);
    var seen =
        Parallel.run(
                writers + 1,
                thread -> {
                  if (thread == writers) {
                    return follow(writing);
                  }
                  for (int i = 0; i < commits; i++) {
                    commit(counted(thread, i));
                  }
                  writing.decrementAndGet();
                  return List.<String>of();
                })
            .getLast();

    var next = new HashMap<String, Integer>();
    for (var announcement : seen) {
      var parts = announcement.split(" ", 2);
      int expected = next.getOrDefault(parts[0], 0);
      int number = Integer.parseInt(parts[1]);
      assertTrue(number <= expected, () -> "missed " + parts[0] + " " + expected);
      next.put(parts[0], Math.max(expected, number + 1));
    }
    assertEquals(writers, next.size());
    next.forEach((writer, count) -> assertEquals(commits, count, "of writer " + writer));
  }

  /** A batch of a writer with a group of its own. */
  private static Batch counted(int writer, int number) {
    return Batch.in(writer, UUID.randomUUID())
        .put(path("count"), Bytes.utf8(Integer.toString(number)))
        .announce(Bytes.utf8(writer + " " + number))
        .build();
  }

  /** Reads the feed until the writers are done; what it tells of is to be seen already. */
  private List<String> follow(AtomicInteger writing) {
    var seen = new ArrayList<String>();
    Cursor cursor = null;
    while (!Thread.currentThread().isInterrupted()) {
      boolean last = writing.get() == 0;
      var changes = storage().changes(cursor, 50);
      for (var announcement : changes.announcements()) {
        var text = new String(announcement.toArray(), UTF_8);
        var parts = text.split(" ", 2);
        var key = new RowKey(Long.parseLong(parts[0]), path("count"));
        var count = new String(storage().get(key).orElseThrow().value().toArray(), UTF_8);
        assertTrue(Integer.parseInt(count) >= Integer.parseInt(parts[1]), text);
        seen.add(text);
      }
      assertTrue(seen.size() <= 100_000, "the feed has no end");
      cursor = changes.next();
      if (last && changes.announcements().isEmpty()) {
        return seen;
      }
      LockSupport.parkNanos(50_000);
    }
    return seen;
  }

  private void announce(int from, int to) {
    for (int i = from; i <= to; i++) {
      commit(batch().put(path("a"), Bytes.empty()).announce(Bytes.utf8(Integer.toString(i))));
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  private static Cursor cursor(@Nullable Cursor cursor) {
    assertNotNull(cursor);
    return cursor;
  }
}
