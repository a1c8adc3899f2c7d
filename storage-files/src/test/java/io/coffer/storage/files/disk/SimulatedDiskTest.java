package io.coffer.storage.files.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
  private static final Path ROOT = Path.of("/data");
  private static final Path FILE = ROOT.resolve("file");
  private static final int SEEDS = 200;

  private final SimulatedDisk disk = new SimulatedDisk(ROOT);

  private DiskFile write(Path path, byte[] bytes) throws IOException {
    var file = disk.create(path);
    file.append(ByteBuffer.wrap(bytes));
    return file;
  }

  private static byte[] read(Disk disk, Path path) throws IOException {
    try (var file = disk.open(path)) {
      var bytes = ByteBuffer.allocate((int) file.size());
      assertTrue(file.read(bytes, 0));
      return bytes.array();
    }
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private SimulatedDisk crashed(Crash crash) {
    return disk.crashed(disk.operations(), crash);
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    try (var file = write(FILE, bytes(10))) {
      file.append(ByteBuffer.wrap(bytes(70_000)));
      assertEquals(70_010, file.size());
      var middle = ByteBuffer.allocate(20);
      assertTrue(file.read(middle, 5));
      assertArrayEquals(Arrays.copyOfRange(bytes(10), 5, 10), Arrays.copyOf(middle.array(), 5));
      assertFalse(file.read(ByteBuffer.allocate(2), 70_009));
    }
  }

  @Test
  void namesAreAsOnADisk() throws IOException {
    write(FILE, bytes(1)).close();
    disk.makeDirectory(ROOT.resolve("a/b"));
    assertThrows(FileAlreadyExistsException.class, () -> disk.create(FILE));
    assertThrows(NoSuchFileException.class, () -> disk.create(ROOT.resolve("c/file")));
    assertThrows(NoSuchFileException.class, () -> disk.open(ROOT.resolve("other")));
    assertThrows(IOException.class, () -> disk.delete(ROOT.resolve("a")));
    assertEquals("[a, file]", disk.list(ROOT).stream().map(Disk.Entry::name).toList().toString());
    assertTrue(disk.delete(ROOT.resolve("a/b")));
    assertFalse(disk.delete(ROOT.resolve("a/b")));
  }

  @Test
  void whatWasSyncedIsThereAfterEveryCrash() throws IOException {
    try (var file = write(FILE, bytes(5_000))) {
      file.sync();
      disk.sync(ROOT);
      file.append(ByteBuffer.wrap(bytes(9_000)));
    }
    for (int seed = 0; seed < SEEDS; seed++) {
      var found = read(crashed(Crash.torn(seed)), FILE);
      assertArrayEquals(bytes(5_000), Arrays.copyOf(found, 5_000), "seed " + seed);
    }
    assertArrayEquals(bytes(5_000), read(crashed(Crash.NOTHING), FILE));
    assertEquals(14_000, read(crashed(Crash.EVERYTHING), FILE).length);
  }

  @Test
  void aSyncedFileWhoseEntryWasNotMayBeMissing() throws IOException {
    try (var file = write(FILE, bytes(10))) {
      file.sync();
    }
    assertTrue(crashed(Crash.NOTHING).find(FILE).isEmpty());
    assertArrayEquals(bytes(10), read(crashed(Crash.EVERYTHING), FILE));
    disk.sync(ROOT);
    assertArrayEquals(bytes(10), read(crashed(Crash.NOTHING), FILE));
  }

  @Test
  void aLengthMayBeThereWithoutItsBytes() throws IOException {
    write(FILE, bytes(10)).close();
    assertArrayEquals(new byte[10], read(crashed(Crash.LENGTHS), FILE));
  }

  @Test
  void unsyncedBytesMayBeThereInEveryWay() throws IOException {
    write(FILE, bytes(10_000)).close();
    disk.sync(ROOT);
    boolean shorter = false;
    boolean damaged = false;
    boolean later = false;
    for (int seed = 0; seed < SEEDS; seed++) {
      var found = read(crashed(Crash.torn(seed)), FILE);
      var whole = Arrays.copyOf(bytes(10_000), found.length);
      shorter |= found.length < 10_000;
      damaged |= !Arrays.equals(whole, found);
      later |=
          found.length > 9_000
              && Arrays.mismatch(whole, found) >= 0
              && Arrays.equals(whole, 8_192, found.length, found, 8_192, found.length);
    }
    assertTrue(shorter && damaged && later, "shorter, damaged, and a later block before another");
  }

  @Test
  void unsyncedEntriesComeAndGoOneByOne() throws IOException {
    var other = ROOT.resolve("other");
    write(other, bytes(1)).close();
    disk.sync(ROOT);
    write(FILE, bytes(1)).close();
    disk.delete(other);
    var seen = new HashSet<Set<Path>>();
    for (int seed = 0; seed < SEEDS; seed++) {
      seen.add(crashed(Crash.torn(seed)).files().keySet());
    }
    assertEquals(
        Set.of(Set.of(), Set.of(FILE), Set.of(other), Set.of(FILE, other)), Set.copyOf(seen));
  }

  @Test
  void aRenameHappensOrNot() throws IOException {
    var other = ROOT.resolve("other");
    write(FILE, bytes(7)).close();
    disk.sync(ROOT);
    disk.rename(FILE, other);
    var seen = new HashSet<Set<Path>>();
    for (int seed = 0; seed < SEEDS; seed++) {
      seen.add(crashed(Crash.torn(seed)).files().keySet());
    }
    assertEquals(Set.of(Set.of(FILE), Set.of(other)), Set.copyOf(seen));
  }

  @Test
  void whatIsInALostDirectoryIsLost() throws IOException {
    var below = ROOT.resolve("a/file");
    disk.makeDirectory(ROOT.resolve("a"));
    try (var file = write(below, bytes(3))) {
      file.sync();
    }
    disk.sync(ROOT.resolve("a"));
    assertTrue(crashed(Crash.NOTHING).find(below).isEmpty());
    assertTrue(disk.isVolatile(disk.operations()));
    disk.sync(ROOT);
    assertFalse(disk.isVolatile(disk.operations()));
    assertArrayEquals(bytes(3), read(crashed(Crash.NOTHING), below));
  }

  @Test
  void aCrashIsAtAnyOperation() throws IOException {
    write(FILE, bytes(3)).close();
    long then = disk.operations();
    disk.delete(FILE);
    disk.sync(ROOT);
    assertArrayEquals(bytes(3), read(disk.crashed(then, Crash.EVERYTHING), FILE));
    assertTrue(crashed(Crash.EVERYTHING).find(FILE).isEmpty());
  }

  @Test
  void theSameSeedIsTheSameCrash() throws IOException {
    write(FILE, bytes(9_000)).close();
    write(ROOT.resolve("other"), bytes(9_001)).close();
    var first = crashed(Crash.torn(7)).contents();
    assertEquals(first, crashed(Crash.torn(7)).contents());
    assertNotEquals(first, crashed(Crash.NOTHING).contents());
  }

  @Test
  void aFailedSyncIsNotMendedByTheNext() throws IOException {
    var file = write(FILE, bytes(10));
    disk.sync(ROOT);
    disk.watch(
        (number, what) -> {
          throw new IOException("Input/output error");
        });
    assertThrows(IOException.class, file::sync);
    disk.watch((number, what) -> {});
    file.sync();
    file.close();
    assertEquals(0, read(crashed(Crash.NOTHING), FILE).length);
  }

  @Test
  void aProcessThatEndsLosesNothingAndMakesNothingDurable() throws IOException {
    write(FILE, bytes(10)).close();
    var lock = disk.lock(ROOT.resolve("lock"));
    assertThrows(Disk.Locked.class, () -> disk.lock(ROOT.resolve("lock")));
    var killed = disk.killed(disk.operations());
    killed.lock(ROOT.resolve("lock")).close();
    assertArrayEquals(bytes(10), read(killed, FILE));
    assertTrue(killed.crashed(killed.operations(), Crash.NOTHING).find(FILE).isEmpty());
    lock.close();
    disk.lock(ROOT.resolve("lock")).close();
  }

  @Test
  void itIsFullAtItsCapacity() throws IOException {
    disk.limit(10);
    write(FILE, bytes(10)).close();
    assertEquals(0, disk.usableBytes(ROOT));
    assertThrows(Disk.DiskFull.class, () -> disk.create(ROOT.resolve("other")));
    disk.delete(FILE);
    assertEquals(10, disk.usableBytes(ROOT));
  }

  @Test
  void aBitCanTurn() throws IOException {
    write(FILE, new byte[10]).close();
    disk.flip(FILE, 8 * 3 + 1);
    assertArrayEquals(new byte[] {0, 0, 0, 2, 0, 0, 0, 0, 0, 0}, read(disk, FILE));
  }
}
