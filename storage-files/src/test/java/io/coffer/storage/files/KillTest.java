package io.coffer.storage.files;

import static io.coffer.storage.files.Given.becomesTrue;
import static io.coffer.storage.files.Given.blobFiles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Durability;
import io.coffer.storage.Order;
import io.coffer.storage.Row;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that writes is killed at a random moment, several times over on one directory: what it
 * was told is written is there, and of the rest nothing or all.
 */
class KillTest {
  private static final int WRITERS = 6;
  private static final int KEPT = 3;
  private static final int KILLS = 3;

  @TempDir Path directory;
  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"sync", "group", "relaxed"})
  void whatWasAcknowledgedOutlivesKilling(String durability) throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var acknowledged = new HashMap<Integer, Long>();
    for (int kill = 0; kill < KILLS; kill++) {
      runAndKill(durability, random.nextInt(400), acknowledged);
      try (var storage = open(directory)) {
        check(storage, acknowledged, "seed " + seed + ", kill " + kill);
      }
    }
    assertTrue(acknowledged.size() == WRITERS, () -> "too few were heard of: " + acknowledged);
  }

  private void runAndKill(String durability, int afterMillis, Map<Integer, Long> acknowledged)
      throws Exception {
    var process = Child.start(temporary, Writers.class, directory.toString(), durability);
    try {
      var lines = new ArrayList<String>();
      var begun = new CountDownLatch(WRITERS);
      var reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var output =
                        new BufferedReader(
                            new InputStreamReader(
                                process.getInputStream(), StandardCharsets.UTF_8))) {
                      output
                          .lines()
                          .forEach(
                              line -> {
                                lines.add(line);
                                begun.countDown();
                              });
                    } catch (java.io.IOException | java.io.UncheckedIOException e) {
                      // The end of the process may cut its last line.
                    }
                  });
      assertTrue(begun.await(30, TimeUnit.SECONDS), "the writers do not begin");
      Thread.sleep(afterMillis);
      process.destroyForcibly();
      process.waitFor();
      reader.join();
      for (var line : lines) {
        var parts = line.split(" ", -1);
        if (parts.length == 3) { // else the line was cut off
          acknowledged.merge(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long::max);
        }
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private void check(Storage storage, Map<Integer, Long> acknowledged, String when)
      throws Exception {
    var announced = announced(storage);
    Set<BlobId> blobs = new HashSet<>();
    long files = 0;
    for (int writer = 0; writer < WRITERS; writer++) {
      long acked = acknowledged.getOrDefault(writer, -1L);
      var rows = Writers.rows(storage, writer);
      long last = rows.isEmpty() ? -1 : Writers.step(rows.getLast());
      assertTrue(last >= acked, writer + " lost steps " + last + " to " + acked + ", " + when);
      assertEquals(Math.min(KEPT, last + 1), rows.size(), when);
      assertEquals(last, announced.getOrDefault(writer, -1L), when);
      for (var row : rows) {
        var blob = Writers.blob(row);
        var expected = Writers.bytes(writer, Writers.step(row));
        assertArrayEquals(expected, Given.read(storage, blob, 0, expected.length), when);
        blobs.add(blob);
        files += expected.length > FilesSettings.defaults().inlineBytes() ? 1 : 0;
      }
    }
    try (var listed = storage.blobs(null)) {
      assertEquals(blobs, Set.copyOf(listed.toList()), when);
    }
    long expected = files;
    assertTrue(
        becomesTrue(() -> blobFiles(directory).size() == expected),
        () -> "stray files stay, " + when);
  }

  /** The last step that each writer announced; fails when one is missing or twice. */
  private static Map<Integer, Long> announced(Storage storage) {
    var last = new HashMap<Integer, Long>();
    Cursor cursor = null;
    while (true) {
      var changes = storage.changes(cursor, 1_000);
      for (var announcement : changes.announcements()) {
        var bytes = ByteBuffer.wrap(announcement.toArray());
        int writer = bytes.getInt();
        long step = bytes.getLong();
        assertEquals(last.getOrDefault(writer, -1L) + 1, step);
        last.put(writer, step);
      }
      if (changes.announcements().isEmpty()) {
        return last;
      }
      cursor = changes.next();
    }
  }

  private static FilesStorage open(Path directory) {
    return FilesStorage.open(directory, FilesSettings.defaults());
  }

  /** The process that is killed: each writer adds rows with blobs and deletes older ones. */
  static final class Writers {
    private Writers() {}

    public static void main(String... args) throws Exception {
      var storage = open(Path.of(args[0]));
      var durability =
          switch (args[1]) {
            case "sync" -> Durability.SYNC;
            case "group" -> new Durability.Group(Duration.ofMillis(20));
            default -> Durability.RELAXED;
          };
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        threads.add(Thread.ofVirtual().start(() -> write(storage, writer, durability)));
      }
      for (var thread : threads) {
        thread.join();
      }
    }

    private static void write(Storage storage, int writer, Durability durability) {
      while (true) {
        var rows = rows(storage, writer);
        long step = rows.isEmpty() ? 0 : step(rows.getLast()) + 1;
        var blob = Given.newBlobId();
        var bytes = bytes(writer, step);
        try (var target = storage.write(blob, new BlobHint(-1, durability))) {
          target.write(ByteBuffer.wrap(bytes));
          target.seal();
        }
        var announcement = ByteBuffer.allocate(12).putInt(writer).putLong(step).array();
        var batch =
            Batch.in(writer, UUID.randomUUID())
                .put(Bytes.wrap(Keys.number(step)), Bytes.wrap(Keys.blob(blob)))
                .adopt(blob)
                .durability(durability)
                .announce(Bytes.wrap(announcement));
        if (rows.size() == KEPT) {
          var oldest = rows.getFirst();
          batch.expect(oldest).delete(oldest.key().path()).release(blob(oldest));
        }
        storage.commit(batch.build());
        System.out.println(writer + " " + step + " .");
      }
    }

    static List<Row> rows(Storage storage, int writer) {
      return storage.scan(new RowRange(writer, Bytes.empty(), null), Order.ASCENDING, 10).rows();
    }

    static long step(Row row) {
      return Keys.number(row.key().path().toArray());
    }

    static BlobId blob(Row row) {
      return Keys.blob(row.value().toArray());
    }

    static byte[] bytes(int writer, long step) {
      var random = new Random(writer * 1_000_003L + step);
      var bytes = new byte[random.nextInt(random.nextBoolean() ? 5_000 : 200_000)];
      random.nextBytes(bytes);
      return bytes;
    }
  }
}
