package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Durability;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import io.coffer.storage.files.disk.DiskFile;
import io.coffer.storage.files.disk.ForwardingDisk;
import io.coffer.storage.files.disk.ForwardingFile;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails now and then, under the files of blobs: that write or read fails, no more. */
class IllDiskTest {
  private static final int BYTES = 200_000;

  @TempDir Path directory;

  /** What fails, as in "sync 3f/2/…"; each attempt is noted. */
  private Predicate<String> fails = step -> false;

  private final List<String> attempts = new ArrayList<>();

  @Test
  void aWriteThatFailsIsTheBlobsEnd() throws IOException {
    try (var storage = open()) {
      fails = step -> step.startsWith("append ");
      assertFails(storage, "cannot be written");
      fails = step -> false;
      assertEquals(List.of(), Given.blobFiles(directory));
      assertSound(storage);
    }
  }

  @Test
  void aSyncThatFailsIsTheBlobsEndAndIsNotTriedAgain() throws IOException {
    try (var storage = open()) {
      fails = step -> step.startsWith("force ");
      var id = assertFails(storage, "cannot be written");
      assertEquals(1, attempts.stream().filter(s -> s.startsWith("force " + id)).count());
      assertThrows(StorageException.NoSuchBlob.class, () -> storage.read(id, 0, 0));
      fails = step -> false;
      assertEquals(List.of(), Given.blobFiles(directory));
      assertSound(storage);
    }
  }

  @Test
  void aDirectoryThatCouldNotBeSyncedOnceTakesNoMoreFiles() throws IOException {
    try (var storage = open()) {
      var first = new BlobId(1, 0x111);
      var neighbour = new BlobId(2, 0x111);
      var leaf = "11/1";
      fails = step -> step.equals("sync " + leaf);
      assertFails(storage, first, "Input/output error");
      fails = step -> false;
      assertFails(storage, neighbour, "could not be synced once");
      var refused =
          assertThrows(
              StorageException.Failure.class,
              () -> storage.write(new BlobId(4, 0x111), new BlobHint(BYTES, Durability.RELAXED)));
      assertTrue(String.valueOf(refused.getMessage()).contains("takes no more files"));
      assertEquals(1, attempts.stream().filter(s -> s.equals("sync " + leaf)).count());
      assertEquals(List.of(), Given.blobFiles(directory));
      write(storage, new BlobId(3, 0x222));
    }
  }

  @Test
  void aFileThatCannotBeDeletedIsFoundByTheNextStart() throws Exception {
    var storage = open();
    fails = step -> step.startsWith("force ") || step.startsWith("delete ");
    assertFails(storage, "cannot be written");
    fails = step -> false;
    assertEquals(1, Given.blobFiles(directory).size());
    storage.close();
    assertEquals(1, Given.blobFiles(directory).size());

    try (var again = open()) {
      assertTrue(Given.becomesTrue(() -> Given.blobFiles(directory).isEmpty()));
      assertSound(again);
    }
  }

  @Test
  void aSealedFileThatCouldNotBeSyncedIsAdoptedByNobody() throws IOException {
    try (var storage = open()) {
      var blob = sealedUnsynced(storage);
      fails = step -> step.equals("force " + blob);
      var batch = Given.batch().adopt(blob);
      assertThrows(StorageException.Failure.class, () -> storage.commit(batch.build()));
      fails = step -> false;
      assertThrows(StorageException.Failure.class, () -> storage.commit(batch.build()));
      var relaxed = batch.durability(Durability.RELAXED).build();
      assertThrows(StorageException.Failure.class, () -> storage.commit(relaxed));
      assertEquals(1, attempts.stream().filter(s -> s.equals("force " + blob)).count());
      assertSound(storage);
    }
    assertEquals(1, Given.blobFiles(directory).size());
  }

  @Test
  void whatASnapshotCouldNotSyncIsNotTakenForDurableByTheNextSync() {
    var storage = open();
    try {
      var blob = sealedUnsynced(storage);
      storage.commit(Given.batch().adopt(blob).durability(Durability.RELAXED).build());
      fails = step -> step.equals("force " + blob);
      assertThrows(SnapshotFailure.class, () -> storage.snapshot("one", Instant.EPOCH, t -> {}));
      fails = step -> false;
      storage.settle();
      var health = assertInstanceOf(Health.ReadOnly.class, storage.health());
      assertTrue(health.reason().contains(blob.toString()), health.reason());
      assertEquals(1, attempts.stream().filter(s -> s.equals("force " + blob)).count());
    } finally {
      storage.close();
    }
  }

  private static BlobId sealedUnsynced(FilesStorage storage) {
    var blob = Given.newBlobId();
    try (var writer = storage.write(blob, new BlobHint(BYTES, Durability.RELAXED))) {
      writer.write(ByteBuffer.wrap(Given.randomBytes(BYTES)));
      writer.seal();
    }
    return blob;
  }

  @Test
  void aReadThatFailsNamesBlobAndRange() {
    try (var storage = open()) {
      var blob = Given.adopted(storage, Given.randomBytes(BYTES));
      fails = step -> step.equals("read " + blob + " 65536");
      var damage =
          assertThrows(StorageException.Damaged.class, () -> Given.read(storage, blob, 70_000, 10));
      assertEquals(
          "blob %s: bytes 65536 to 131071 cannot be read: Input/output error".formatted(blob),
          damage.getMessage());
      assertInstanceOf(Verdict.Damaged.class, storage.verify(blob));
      assertEquals(10, Given.read(storage, blob, 0, 10).length);

      fails = step -> step.equals("read " + blob + " " + BYTES);
      var footer =
          assertThrows(StorageException.Damaged.class, () -> Given.read(storage, blob, 0, 10));
      var message = String.valueOf(footer.getMessage());
      assertTrue(message.contains("the checksums, bytes " + BYTES + " to "), message);
      assertInstanceOf(Verdict.Damaged.class, storage.verify(blob));
    }
  }

  @Test
  void aDiskThatDoesNotSayHowMuchRoomIsLeftIsWrittenTo() throws Exception {
    try (var storage = open()) {
      fails = step -> step.startsWith("room");
      Thread.sleep(1_100); // longer than an answer counts
      assertSound(storage);
      assertTrue(attempts.stream().filter(s -> s.startsWith("room")).count() > 1);
      assertTrue(storage.usage().freeBytes() > 0);
    }
  }

  private BlobId assertFails(FilesStorage storage, String because) {
    var blob = Given.newBlobId();
    assertFails(storage, blob, because);
    return blob;
  }

  private static void assertFails(FilesStorage storage, BlobId blob, String because) {
    var failure = assertThrows(StorageException.Failure.class, () -> write(storage, blob));
    var message = String.valueOf(failure.getMessage());
    assertTrue(message.contains(because), message);
  }

  private static void write(FilesStorage storage, BlobId blob) {
    try (var writer = storage.write(blob, new BlobHint(BYTES))) {
      writer.write(ByteBuffer.wrap(Given.randomBytes(BYTES)));
      writer.seal();
    }
  }

  /** The storage goes on as if nothing had been. */
  private static void assertSound(FilesStorage storage) {
    var bytes = Given.randomBytes(BYTES);
    var blob = Given.adopted(storage, bytes);
    assertArrayEquals(bytes, Given.read(storage, blob, 0, BYTES));
    assertInstanceOf(Health.Sound.class, storage.health());
  }

  private FilesStorage open() {
    return FilesStorage.open(directory, FilesSettings.defaults(), Given.world(new IllDisk()));
  }

  private void attempt(String step) throws IOException {
    synchronized (attempts) {
      attempts.add(step);
    }
    if (fails.test(step)) {
      throw new IOException("Input/output error");
    }
  }

  private final class IllDisk extends ForwardingDisk {
    IllDisk() {
      super(new RealDisk());
    }

    @Override
    public DiskFile create(Path file) throws IOException {
      return new IllFile(super.create(file), file.getFileName().toString());
    }

    @Override
    public DiskFile open(Path file) throws IOException {
      return new IllFile(super.open(file), file.getFileName().toString());
    }

    @Override
    public void sync(Path synced) throws IOException {
      attempt("sync " + name(synced));
      super.sync(synced);
    }

    @Override
    public boolean delete(Path path) throws IOException {
      attempt("delete " + name(path));
      return super.delete(path);
    }

    @Override
    public long usableBytes(Path path) throws IOException {
      attempt("room");
      return super.usableBytes(path);
    }

    private String name(Path path) {
      return directory.resolve("blobs").relativize(path).toString();
    }
  }

  private final class IllFile extends ForwardingFile {
    private final String name;

    IllFile(DiskFile file, String name) {
      super(file);
      this.name = name;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      attempt("append " + name);
      super.append(bytes);
    }

    @Override
    public void sync() throws IOException {
      attempt("force " + name);
      super.sync();
    }

    @Override
    public boolean read(ByteBuffer bytes, long position) throws IOException {
      attempt("read " + name + " " + position);
      return super.read(bytes, position);
    }
  }
}
