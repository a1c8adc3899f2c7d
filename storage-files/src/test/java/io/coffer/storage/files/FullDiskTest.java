package io.coffer.storage.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * RocksDB on a real disk that is full: a process with a small filesystem in a mount namespace of
 * its own. Skipped where a user may not make one.
 */
class FullDiskTest {
  private static final List<String> SMALL_DISK =
      List.of(
          "unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=48m tmpfs \"$0\" && exec \"$@\"");

  private static final List<String> READ_ONLY =
      List.of(
          "unshare",
          "-rm",
          "sh",
          "-c",
          "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"");

  @TempDir Path disk;
  @TempDir Path copy;
  @TempDir Path temporary;

  @Test
  void whenThereIsRoomAgainRocksDbGoesOnAndNothingIsLost() throws Exception {
    var lines = run(SMALL_DISK, FillAndGoOn.class, disk.toString(), copy.toString());
    int acknowledged = Integer.parseInt(lines.getFirst());
    assertTrue(acknowledged > 10, lines.toString());
    assertEquals(
        List.of("OutcomeUnknown", "NoRoom", "readable", "Full", "goes on", "Sound", "all there"),
        lines.subList(1, lines.size()));

    // What a crash at the end of the disk would have left.
    try (var storage = open(copy)) {
      assertAll(storage, acknowledged);
    }
  }

  /** The process on the small disk. */
  static final class FillAndGoOn {
    private FillAndGoOn() {}

    public static void main(String... args) throws Exception {
      var disk = Path.of(args[0]);
      var data = disk.resolve("data");
      var ballast = Files.write(disk.resolve("ballast"), new byte[20 << 20]);
      try (var storage = open(data)) {
        int acknowledged = 0;
        var next = batch(0);
        try {
          while (true) {
            storage.commit(next);
            next = batch(++acknowledged);
          }
        } catch (StorageException e) {
          System.out.println(acknowledged);
          System.out.println(e.getClass().getSimpleName());
        }
        copy(data, Path.of(args[1]));
        System.out.println(storage.health().getClass().getSimpleName());
        System.out.println(Given.row(storage, "row 0").isPresent() ? "readable" : "unreadable");
        try {
          storage.commit(batch(-1));
        } catch (StorageException e) {
          System.out.println(e.getClass().getSimpleName());
        }
        Files.delete(ballast);
        commitWhenThereIsRoom(storage, next);
        System.out.println("goes on");
        System.out.println(storage.health().getClass().getSimpleName());
        storage.commit(batch(acknowledged + 1));
        assertAll(storage, acknowledged + 2);
      }
      try (var storage = open(data)) {
        System.out.println(storage.health() instanceof Health.Sound ? "all there" : "ill");
      }
    }

    private static void commitWhenThereIsRoom(FilesStorage storage, Batch batch)
        throws InterruptedException {
      for (int tries = 0; ; tries++) {
        try {
          storage.commit(batch);
          return;
        } catch (StorageException.OutcomeUnknown | StorageException.Full e) {
          if (tries > 300) {
            throw e;
          }
          Thread.sleep(100);
        }
      }
    }
  }

  @Test
  void aFilesystemMountedReadOnlyIsRefused() throws Exception {
    open(disk.resolve("data")).close();
    var lines = run(READ_ONLY, Open.class, disk.toString());
    assertEquals(
        List.of(
            "The data directory "
                + disk.resolve("data")
                + " is on a filesystem that is mounted read-only; mount it writable, or choose"
                + " another directory."),
        lines);
  }

  /** Tries to open a directory. */
  static final class Open {
    private Open() {}

    public static void main(String... args) {
      try (var storage = open(Path.of(args[0]).resolve("data"))) {
        System.out.println("opened " + storage.id());
      } catch (DirectoryUnusable e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private List<String> run(List<String> namespace, Class<?> main, String... args)
      throws IOException, InterruptedException {
    var wrapper = new java.util.ArrayList<>(namespace);
    wrapper.add(disk.toString());
    assumeTrue(works(wrapper), "this user may not mount");
    var process = Child.start(wrapper, temporary, main, args);
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().toList();
  }

  private static boolean works(List<String> wrapper) throws InterruptedException {
    var command = new java.util.ArrayList<>(wrapper);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Batch batch(int row) {
    var value = Bytes.wrap(Given.randomBytes(50_000 + row));
    return Given.batch().put(Bytes.utf8("row " + row), value).build();
  }

  private static void assertAll(FilesStorage storage, int rows) {
    for (int i = 0; i < rows; i++) {
      assertEquals(
          Bytes.wrap(Given.randomBytes(50_000 + i)),
          Given.row(storage, "row " + i).orElseThrow().value());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        var target = to.resolve(from.relativize(path).toString());
        if (!Files.exists(target)) {
          Files.copy(path, target);
        }
      }
    }
  }

  /** No reserve: it is RocksDB that meets the end. It goes on when a memtable of 4 MiB fits. */
  private static FilesStorage open(Path directory) {
    int mib = 1 << 20;
    return FilesStorage.open(directory, new FilesSettings(0, 0, 16 * mib, 8 * mib, 2));
  }
}
