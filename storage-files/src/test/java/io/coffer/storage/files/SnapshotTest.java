package io.coffer.storage.files;

import static io.coffer.storage.files.Given.becomesTrue;
import static io.coffer.storage.files.Given.blobFiles;
import static io.coffer.storage.files.Given.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.Bytes;
import io.coffer.storage.Durability;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import io.coffer.storage.files.disk.ForwardingDisk;
import io.coffer.storage.files.disk.RealDisk;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of an open storage: what is in them, and what stays of them. */
class SnapshotTest {
  /** Enough for some small objects and some files. */
  private static final int STEPS = 30;

  private static final Instant TIME = Instant.parse("2026-11-24T10:15:00Z");

  @TempDir Path parent;

  @Test
  void aSnapshotUnderWritersIsOneMomentOfEachOfThem() throws Exception {
    var data = parent.resolve("data");
    try (var storage = open(data);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers =
          LongStream.rangeClosed(1, 12).mapToObj(id -> new SnapshotWriter(storage, id)).toList();
      var running = writers.stream().map(threads::submit).toList();
      try {
        for (int round = 0; round < 3; round++) {
          awaitSteps(STEPS, writers, running);
          var before = writers.stream().map(writer -> writer.acknowledged).toList();
          var snapshot = create(storage, "round" + round);
          var after = writers.stream().map(writer -> writer.begun).toList();
          assertTrue(snapshot.files() > 0 && snapshot.blobs() > snapshot.files(), "" + snapshot);
          assertEquals(0, snapshot.missing());
          awaitSteps(1, writers, running);
          assertMoment(data, "round" + round, writers, before, after);
        }
      } finally {
        writers.forEach(SnapshotWriter::end);
      }
      for (var one : running) {
        one.get();
      }
      for (var writer : writers) {
        writer.stepsIn(storage, writer.acknowledged, writer.acknowledged);
      }
    }
  }

  /** Waits until so many more steps are done, by whomever. */
  private static void awaitSteps(
      int steps, List<SnapshotWriter> writers, List<? extends Future<?>> running) throws Exception {
    long goal = stepsOf(writers) + steps;
    while (stepsOf(writers) < goal) {
      for (var one : running) {
        if (one.isDone()) {
          one.get();
        }
      }
      Thread.sleep(1);
    }
  }

  private static long stepsOf(List<SnapshotWriter> writers) {
    return writers.stream().mapToLong(writer -> writer.acknowledged).sum();
  }

  private void assertMoment(
      Path data,
      String name,
      List<SnapshotWriter> writers,
      List<Integer> before,
      List<Integer> after)
      throws Exception {
    var image = parent.resolve("restored-" + name);
    var snapshot = Restore.of(data.resolve("snapshots").resolve(name), image, text -> {});
    try (var restored = open(image)) {
      for (int i = 0; i < writers.size(); i++) {
        writers.get(i).stepsIn(restored, before.get(i), after.get(i));
      }
      long sound =
          restored.blobs(null).filter(b -> restored.verify(b) instanceof Verdict.Sound).count();
      assertEquals(snapshot.blobs(), sound);
      assertTrue(becomesTrue(() -> blobFiles(image).size() == snapshot.files()));
      Given.put(restored, "a new row", "1");
    }
  }

  @Test
  void whatIsDeletedAfterwardsStaysInTheSnapshotUntilThatIsDeleted() throws Exception {
    var data = parent.resolve("data");
    try (var storage = open(data)) {
      var bytes = randomBytes(100_000);
      var blob = Given.adopted(storage, bytes);
      create(storage, "one");
      storage.commit(Given.batch().release(blob).build());
      assertTrue(becomesTrue(() -> blobFiles(data).isEmpty()));

      Restore.of(storage.snapshots().path("one"), parent.resolve("new"), text -> {});
      try (var restored = open(parent.resolve("new"))) {
        assertArrayEquals(bytes, Given.read(restored, blob, 0, bytes.length));
        assertEquals(storage.id(), restored.id());
      }
      storage.snapshots().delete("one");
      assertEquals(List.of(), storage.snapshots().list());
      assertEquals(List.of(), entries(data.resolve("snapshots")));
      try (var restored = open(parent.resolve("new"))) {
        assertArrayEquals(bytes, Given.read(restored, blob, 0, bytes.length));
      }
    }
  }

  @Test
  void theListSaysWhatEachHolds() {
    var data = parent.resolve("data");
    try (var storage = open(data)) {
      assertEquals(List.of(), storage.snapshots().list());
      Given.adopted(storage, randomBytes(100));
      Given.adopted(storage, randomBytes(100_000));
      var second = create(storage, "b");
      var first = create(storage, "a.1_-Z");
      assertEquals(List.of(first, second), storage.snapshots().list());
      assertEquals(2, first.blobs());
      assertEquals(100_100, first.blobBytes());
      assertEquals(1, first.files());
      assertEquals(100_000, first.fileBytes());
      assertEquals(TIME, first.time());
      assertEquals(storage.id(), first.store());
      assertTrue(first.rowBytes() > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", ".a.new", "-a", "a/b", "a b", "a\n", "ä", "../../x"})
  void aNameThatIsNoneIsRefused(String name) {
    try (var storage = open(parent.resolve("data"))) {
      assertSentence("letters, digits", () -> create(storage, name));
      assertSentence("letters, digits", () -> create(storage, "a".repeat(65)));
      assertSentence("letters, digits", () -> storage.snapshots().delete(name));
      assertFalse(Files.exists(parent.resolve("data/snapshots")));
    }
  }

  @Test
  void aNameThatIsTakenIsRefusedAndTheOldOneStays() {
    try (var storage = open(parent.resolve("data"))) {
      Given.put(storage, "a", "1");
      var old = create(storage, "one");
      Given.put(storage, "a", "2");
      assertSentence("There is a snapshot one already", () -> create(storage, "one"));
      assertEquals(List.of(old), storage.snapshots().list());
      assertSentence("There is no snapshot two", () -> storage.snapshots().delete("two"));

      Restore.of(storage.snapshots().path("one"), parent.resolve("new"), text -> {});
      try (var restored = open(parent.resolve("new"))) {
        assertEquals(Bytes.utf8("1"), Given.row(restored, "a").orElseThrow().value());
      }
    }
  }

  @Test
  void whatACrashLeftIsRemovedBeforeTheNextAndAtTheNextStart() throws Exception {
    var data = parent.resolve("data");
    var unfinished = data.resolve("snapshots/.one.new/blobs/ab/c");
    var going = data.resolve("snapshots/.two.old/rows");
    open(data).close(); // so that the next start has nothing to look for
    try (var storage = open(data)) {
      Files.createDirectories(unfinished);
      Files.writeString(unfinished.resolve("file"), "half");
      create(storage, "one");
      assertEquals(List.of("one"), entries(data.resolve("snapshots")));
    }
    Files.createDirectories(going);
    Files.writeString(going.resolve("file"), "half");
    Restore.of(data.resolve("snapshots/one"), parent.resolve("crashed"), text -> {});
    Files.createDirectory(parent.resolve("crashed/snapshots"));
    Files.move(data.resolve("snapshots/.two.old"), parent.resolve("crashed/snapshots/.two.old"));
    // A directory that was just restored is looked through like one after a crash.
    try (var storage = open(parent.resolve("crashed"))) {
      assertTrue(becomesTrue(() -> entries(parent.resolve("crashed/snapshots")).isEmpty()));
      assertEquals(List.of(), storage.snapshots().list());
    }
  }

  @Test
  void aSnapshotThatCannotBeMadeLeavesNothing() throws Exception {
    var data = parent.resolve("data");
    try (var storage = open(data)) {
      Given.adopted(storage, randomBytes(100_000));
      var refusal =
          assertThrows(
              IllegalStateException.class,
              () ->
                  storage.snapshot(
                      "one",
                      TIME,
                      text -> {
                        throw new IllegalStateException(text);
                      }));
      assertTrue(String.valueOf(refusal.getMessage()).contains("linking"));
      assertEquals(List.of(), entries(data.resolve("snapshots")));
      create(storage, "one");
    }
  }

  @Test
  void aFileThatIsMissingIsCountedAndTheRestIsHeld() throws Exception {
    var data = parent.resolve("data");
    try (var storage = open(data)) {
      Given.adopted(storage, randomBytes(100_000));
      Files.delete(blobFiles(data).getFirst());
      var bytes = randomBytes(100_001);
      var sound = Given.adopted(storage, bytes);
      assertEquals(1, create(storage, "one").missing());

      Restore.of(storage.snapshots().path("one"), parent.resolve("new"), text -> {});
      try (var restored = open(parent.resolve("new"))) {
        assertArrayEquals(bytes, Given.read(restored, sound, 0, bytes.length));
      }
    }
  }

  @Test
  void soIsOneThatWasNeverSynced() throws Exception {
    var data = parent.resolve("data");
    try (var storage = open(data)) {
      var blob = Given.newBlobId();
      try (var writer = storage.write(blob, new BlobHint(100_000, Durability.RELAXED))) {
        writer.write(ByteBuffer.wrap(randomBytes(100_000)));
        writer.seal();
      }
      storage.commit(Given.batch().adopt(blob).durability(Durability.RELAXED).build());
      Files.delete(blobFiles(data).getFirst());
      assertEquals(1, create(storage, "one").missing());
    }
  }

  @Test
  void aFullDiskIsSaidBeforeAnythingIsWritten() throws Exception {
    var data = parent.resolve("data");
    var disk =
        new ForwardingDisk(new RealDisk()) {
          @Override
          public long usableBytes(Path path) {
            return 300 << 20; // enough to serve, and not for the memtables beside the reserve
          }
        };
    var real = World.real();
    var world = new World(disk, real.nanoTime(), real.random(), real.rows(), true);
    var settings = FilesSettings.defaults().withReserveBytes(256 << 20);
    try (var storage = FilesStorage.open(data, settings, world)) {
      Given.put(storage, "a", "1");
      assertThrows(StorageException.Full.class, () -> create(storage, "one"));
      assertEquals(List.of(), entries(data.resolve("snapshots")));
    }
  }

  @Test
  void aClosedStorageHasNoSnapshotMade() {
    var storage = open(parent.resolve("data"));
    storage.close();
    assertThrows(StorageException.Failure.class, () -> create(storage, "one"));
  }

  @Test
  void fromOutsideADeleteNeedsTheDirectory() {
    var data = parent.resolve("data");
    assertSentence("There is no data directory", () -> Snapshots.of(data));
    try (var storage = open(data)) {
      var snapshot = create(storage, "one");
      assertEquals(List.of(snapshot), Snapshots.of(data).list());
      assertThrows(DirectoryInUse.class, () -> Snapshots.of(data).delete("one"));
      assertEquals(List.of(snapshot), storage.snapshots().list());
    }
    Snapshots.of(data).delete("one");
    assertEquals(List.of(), Snapshots.of(data).list());
    open(data).close();
  }

  static void assertSentence(String expected, org.junit.jupiter.api.function.Executable call) {
    var message = String.valueOf(assertThrows(SnapshotFailure.class, call).getMessage());
    assertTrue(message.contains(expected), message);
    assertTrue(message.endsWith(".") && !message.contains("\n"), message);
  }

  private static List<String> entries(Path directory) throws Exception {
    try (var entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static Snapshot create(FilesStorage storage, String name) {
    return storage.snapshot(name, TIME, text -> {});
  }

  private static FilesStorage open(Path directory) {
    return FilesStorage.open(directory, FilesSettings.defaults());
  }
}
