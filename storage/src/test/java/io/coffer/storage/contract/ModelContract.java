package io.coffer.storage.contract;

import static io.coffer.storage.contract.Fixture.newBlobId;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Order;
import io.coffer.storage.Revision;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.StorageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** A long random life of a storage beside a plain map that does the same. */
interface ModelContract extends Fixture {
  /** The seed of a run that is to be repeated. */
  String SEED_PROPERTY = "coffer.seed";

  @RepeatedTest(4)
  default void aRandomLifeIsThatOfAMap(RepetitionInfo repetition) {
    long seed = Long.getLong(SEED_PROPERTY, System.nanoTime() + repetition.getCurrentRepetition());
    try {
      new Life(this, seed).live(400);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("-D" + SEED_PROPERTY + "=" + seed, e);
    }
  }

  /** One life; the maps are what the storage must hold. */
  final class Life {
    private final Fixture fixture;
    private final Random random;
    private final TreeMap<RowKey, Row> rows = new TreeMap<>();
    private final TreeMap<BlobId, byte[]> blobs = new TreeMap<>();
    private final List<String> feed = new ArrayList<>();
    private final Set<Revision> revisions = new HashSet<>();
    private final List<Row> stale = new ArrayList<>();

    Life(Fixture fixture, long seed) {
      this.fixture = fixture;
      this.random = new Random(seed);
    }

    void live(int steps) {
      for (int i = 0; i < steps; i++) {
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3 -> write();
          case 4 -> beRefused();
          case 5, 6 -> scan();
          case 7 -> adopt();
          case 8 -> release();
          default -> get();
        }
        if (i % 150 == 149) {
          fixture.reopened();
          compareAll();
        }
      }
      compareAll();
    }

    private void write() {
      long group = group();
      var batch = Batch.in(group, UUID.randomUUID());
      var written = new TreeMap<RowKey, Optional<Bytes>>();
      for (int n = random.nextInt(6); n >= 0; n--) {
        var key = new RowKey(group, path());
        Optional<Bytes> value = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value());
        written.put(key, value);
        expectTruly(batch, key);
        value.ifPresentOrElse(v -> batch.put(key.path(), v), () -> batch.delete(key.path()));
      }
      expectTruly(batch, new RowKey(group, path()));
      if (random.nextBoolean()) {
        feed.add("announcement " + feed.size());
        batch.announce(Bytes.utf8(feed.getLast()));
      }
      fixture.commit(batch);
      written.forEach(this::remember);
    }

    private void expectTruly(Batch.Builder batch, RowKey key) {
      if (random.nextBoolean()) {
        var row = rows.get(key);
        if (row == null) {
          batch.expectAbsent(key.path());
        } else {
          batch.expect(row);
        }
      }
    }

    private void remember(RowKey key, Optional<Bytes> value) {
      var before = rows.remove(key);
      if (before != null) {
        stale.add(before);
      }
      if (value.isPresent()) {
        var row = fixture.storage().get(key).orElseThrow();
        assertEquals(value.get(), row.value());
        rows.put(key, row);
        if (before != null) {
          assertNotEquals(before.revision(), row.revision());
        }
        revisions.add(row.revision());
      }
    }

    /** One expectation that does not hold among some that do. */
    private void beRefused() {
      boolean absent = stale.isEmpty() || random.nextBoolean();
      if (absent ? rows.isEmpty() : false) {
        return;
      }
      var row = absent ? any(List.copyOf(rows.values())) : any(stale);
      var batch = Batch.in(row.key().group(), UUID.randomUUID());
      for (int n = random.nextInt(4); n > 0; n--) {
        var key = new RowKey(row.key().group(), path());
        batch.put(key.path(), value());
        expectTruly(batch, key);
      }
      if (absent) {
        batch.expectAbsent(row.key().path());
      } else {
        batch.expect(row);
      }
      batch.announce(Bytes.utf8("never"));
      assertThrows(StorageException.Refused.class, () -> fixture.commitOrRefuse(batch.build()));
    }

    private void get() {
      var key = new RowKey(group(), path());
      assertEquals(Optional.ofNullable(rows.get(key)), fixture.storage().get(key));
    }

    private void scan() {
      long group = group();
      var from = random.nextInt(4) == 0 ? Bytes.empty() : path();
      var to = random.nextInt(4) == 0 ? null : path();
      var order = random.nextBoolean() ? Order.ASCENDING : Order.DESCENDING;
      int limit = 1 + random.nextInt(12);
      var expected =
          new ArrayList<>(
              rows.values().stream()
                  .filter(row -> row.key().group() == group)
                  .filter(row -> row.key().path().compareTo(from) >= 0)
                  .filter(row -> to == null || row.key().path().compareTo(to) < 0)
                  .toList());
      if (order == Order.DESCENDING) {
        expected = new ArrayList<>(expected.reversed());
      }
      var page = fixture.storage().scan(new RowRange(group, from, to), order, limit);
      assertEquals(expected.stream().limit(limit).toList(), page.rows());
      assertEquals(expected.size() > limit, page.more());
    }

    private void adopt() {
      var blob = newBlobId();
      var bytes = new byte[random.nextInt(random.nextBoolean() ? 100 : 100_000)];
      random.nextBytes(bytes);
      fixture.seal(blob, bytes);
      var key = new RowKey(group(), path());
      var value = Bytes.utf8(blob.toString());
      fixture.commit(Batch.in(key.group(), UUID.randomUUID()).put(key.path(), value).adopt(blob));
      remember(key, Optional.of(value));
      blobs.put(blob, bytes);
    }

    private void release() {
      if (!blobs.isEmpty()) {
        var blob = any(List.copyOf(blobs.keySet()));
        var bytes = blobs.remove(blob);
        assertArrayEquals(bytes, fixture.bytes(blob, 0, bytes == null ? 0 : bytes.length));
        fixture.commit(Batch.in(group(), UUID.randomUUID()).release(blob));
      }
    }

    private void compareAll() {
      for (long group = 0; group < 3; group++) {
        var all = new RowRange(group, Bytes.empty(), null);
        var expected = new ArrayList<Bytes>();
        for (var key : rows.keySet()) {
          if (key.group() == group) {
            expected.add(key.path());
            assertEquals(Optional.ofNullable(rows.get(key)), fixture.storage().get(key));
          }
        }
        assertEquals(expected, fixture.paths(all, Order.ASCENDING, 7));
        assertEquals(expected.reversed(), fixture.paths(all, Order.DESCENDING, 7));
      }
      assertEquals(feed, fixture.announcements(null, 13));
      try (var listed = fixture.storage().blobs(null)) {
        assertEquals(List.copyOf(blobs.keySet()), listed.toList());
      }
      blobs.forEach(
          (blob, bytes) -> assertArrayEquals(bytes, fixture.bytes(blob, 0, bytes.length)));
    }

    private long group() {
      return random.nextInt(3);
    }

    /** Few enough that they meet, of bytes that are easily put in the wrong order. */
    private Bytes path() {
      byte[] alphabet = {0, 1, '/', 'a', (byte) 0x80, (byte) 0xff};
      var path = new byte[1 + random.nextInt(3)];
      for (int i = 0; i < path.length; i++) {
        path[i] = alphabet[random.nextInt(alphabet.length)];
      }
      return Bytes.wrap(path);
    }

    private Bytes value() {
      var value = new byte[random.nextInt(20)];
      random.nextBytes(value);
      return Bytes.wrap(value);
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }
  }
}
