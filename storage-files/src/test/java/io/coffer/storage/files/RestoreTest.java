package io.coffer.storage.files;

import static io.coffer.storage.files.Given.blobFiles;
import static io.coffer.storage.files.Given.randomBytes;
import static io.coffer.storage.files.SnapshotTest.assertSentence;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Verdict;
import io.coffer.storage.files.disk.DiskFile;
import io.coffer.storage.files.disk.ForwardingDisk;
import io.coffer.storage.files.disk.ForwardingFile;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data directories made of snapshots. */
class RestoreTest {
  @TempDir Path parent;

  private final byte[] bytes = randomBytes(200_000);
  private Path data;
  private Path snapshot;
  private BlobId small;
  private BlobId large;

  @BeforeEach
  void makeSnapshot() throws IOException {
    data = parent.resolve("data");
    snapshot = data.resolve("snapshots/one");
    try (var storage = open(data)) {
      Given.put(storage, "a", "1");
      small = Given.adopted(storage, randomBytes(100));
      large = Given.adopted(storage, bytes);
      var secret = Files.writeString(storage.secrets().resolve("root.properties"), "secret");
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
      storage.snapshot("one", Instant.now(), text -> {});
    }
  }

  private void assertRestored(Path directory) throws IOException {
    try (var storage = open(directory)) {
      assertEquals(Bytes.utf8("1"), Given.row(storage, "a").orElseThrow().value());
      assertArrayEquals(randomBytes(100), Given.read(storage, small, 0, 100));
      assertArrayEquals(bytes, Given.read(storage, large, 0, bytes.length));
      assertEquals(List.of(), storage.snapshots().list());
      Given.put(storage, "b", "2");
    }
    var secret = directory.resolve("secrets/root.properties");
    assertEquals("secret", Files.readString(secret));
    assertEquals("rw-------", permissions(secret));
    for (var part : new String[] {"", "rows", "blobs", "secrets"}) {
      assertEquals("rwx------", permissions(directory.resolve(part)), part);
    }
    assertFalse(Files.exists(directory.resolve("snapshot.properties")));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void onOneFilesystemBlobsAreLinkedAndTheSnapshotIsNotChangedByTheNewServer() throws IOException {
    var first = parent.resolve("first");
    Restore.of(snapshot, first, text -> {});
    assertTrue(Files.isSameFile(blobFiles(data).getFirst(), blobFiles(first).getFirst()));
    assertRestored(first);
    Restore.of(snapshot, parent.resolve("second"), text -> {});
    assertRestored(parent.resolve("second"));
  }

  @Test
  void whatIsLinkedIsSyncedAndSoAreAllNewNames() throws IOException {
    var disk = new NotingDisk();
    var target = parent.resolve("x/y/new");
    Restore.of(disk, snapshot, target, text -> {});
    for (var file : unchanging(snapshot)) {
      assertTrue(disk.synced.contains(file), file + " in " + disk.synced);
    }
    for (var above : List.of(parent, parent.resolve("x"), parent.resolve("x/y"), target)) {
      assertTrue(disk.synced.contains(above), above + " in " + disk.synced);
    }
  }

  @Test
  void aCopyThatIsServedWhereItLiesIsSyncedFirst() throws IOException {
    var copy = parent.resolve("backup/one");
    copyTree(snapshot, copy);
    var files = unchanging(copy);
    assertTrue(files.size() > 1, files.toString());
    var disk = new NotingDisk();
    FilesStorage.open(copy, FilesSettings.defaults(), Given.world(disk)).close();
    for (var file : files) {
      assertTrue(disk.synced.contains(file), file + " in " + disk.synced);
      assertTrue(disk.synced.contains(file.getParent()), file.getParent() + "");
    }
    disk.synced.clear();
    FilesStorage.open(copy, FilesSettings.defaults(), Given.world(disk)).close();
    assertFalse(disk.synced.contains(files.getFirst()), "it is none any more");
  }

  private static List<Path> unchanging(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(
              path ->
                  path.toString().endsWith(".sst")
                      || path.toString().endsWith(".blob")
                      || path.startsWith(root.resolve("blobs")))
          .toList();
    }
  }

  /** Notes what is synced. */
  private static final class NotingDisk extends ForwardingDisk {
    final Set<Path> synced = ConcurrentHashMap.newKeySet();

    NotingDisk() {
      super(new RealDisk());
    }

    @Override
    public DiskFile open(Path file) throws IOException {
      return new ForwardingFile(super.open(file)) {
        @Override
        public void sync() throws IOException {
          super.sync();
          synced.add(file);
        }
      };
    }

    @Override
    public void sync(Path directory) throws IOException {
      super.sync(directory);
      synced.add(directory);
    }
  }

  @Test
  void onAnotherFilesystemEverythingIsCopied() throws IOException {
    var shm = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(shm) && !Files.getFileStore(shm).equals(Files.getFileStore(parent)),
        "there is no other filesystem");
    var other = Files.createTempDirectory(shm, "coffer-restore-");
    try {
      Restore.of(snapshot, other.resolve("new"), text -> {});
      assertRestored(other.resolve("new"));
    } finally {
      delete(other);
    }
  }

  @Test
  void aCopyOfASnapshotIsRestoredAsWellAndMayBeOpenedWhereItLies() throws IOException {
    var copy = parent.resolve("backup/one");
    copyTree(snapshot, copy);
    Restore.of(copy, parent.resolve("new"), text -> {});
    assertRestored(parent.resolve("new"));
    assertRestored(copy);
    assertSentence("is not a snapshot", () -> Restore.of(copy, parent.resolve("newer"), t -> {}));
  }

  @Test
  void aSnapshotIsNotOpenedInPlace() {
    var refusal = assertThrows(DirectoryUnusable.class, () -> open(snapshot));
    assertTrue(String.valueOf(refusal.getMessage()).contains("coffer snapshot restore"));
    assertFalse(Files.exists(snapshot.resolve("lock")));
  }

  @Test
  void whoOnlyLooksMayOpenASnapshotInPlaceAndItStaysOne() throws IOException {
    var settings = FilesSettings.defaults().withReserveBytes(0);
    try (var storage = FilesStorage.open(snapshot, settings, World.quiet())) {
      assertEquals(new Verdict.Sound(bytes.length), storage.verify(large));
    }
    Restore.of(snapshot, parent.resolve("new"), text -> {});
    assertRestored(parent.resolve("new"));
  }

  @Test
  void anEmptyDirectoryIsTakenAndAnyOtherIsRefusedAndNotChanged() throws IOException {
    var empty = Files.createDirectory(parent.resolve("empty"));
    Files.createDirectory(empty.resolve("lost+found"));
    Restore.of(snapshot, empty, text -> {});
    open(empty).close();

    var taken = Files.createDirectory(parent.resolve("taken"));
    Files.writeString(taken.resolve("thesis.txt"), "months of work");
    for (var target : List.of(taken, taken.resolve("thesis.txt"), data, empty)) {
      assertSentence("not an empty directory", () -> Restore.of(snapshot, target, text -> {}));
    }
    try (var entries = Files.list(taken)) {
      assertEquals(1, entries.count());
    }
    assertEquals("months of work", Files.readString(taken.resolve("thesis.txt")));
  }

  @Test
  void whatIsNoWholeSnapshotIsRefused() throws IOException {
    var target = parent.resolve("new");
    assertSentence("is not a snapshot", () -> Restore.of(data, target, text -> {}));
    assertSentence(
        "is within the snapshot", () -> Restore.of(snapshot, snapshot.resolve("x"), t -> {}));
    Files.move(snapshot.resolve("secrets"), parent.resolve("secrets"));
    assertThrows(DirectoryUnusable.class, () -> Restore.of(snapshot, target, text -> {}));
    Files.move(parent.resolve("secrets"), snapshot.resolve("secrets"));
    Files.writeString(snapshot.resolve("snapshot.properties"), "name=one\n");
    assertSentence("does not say", () -> Restore.of(snapshot, target, text -> {}));
    assertSentence("does not say", () -> Snapshots.of(data).list());
    assertFalse(Files.exists(target));
  }

  @Test
  void whatACrashLeftOfRestoringIsNotTakenForADataDirectory() throws IOException {
    var target = parent.resolve("new");
    Restore.of(snapshot, target, text -> {});
    Files.delete(target.resolve("coffer.properties")); // it is what comes last
    assertThrows(DirectoryUnusable.class, () -> open(target));
    assertSentence("not an empty directory", () -> Restore.of(snapshot, target, text -> {}));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        var target = to.resolve(from.relativize(path));
        Files.createDirectories(target.getParent());
        Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static FilesStorage open(Path directory) {
    return FilesStorage.open(directory, FilesSettings.defaults());
  }
}
