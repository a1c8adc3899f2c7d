package io.coffer.storage.files;

import io.coffer.storage.files.disk.Disk;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a data directory, in {@code snapshots/NAME}. Each is a complete data directory:
 * the files of blobs are hard links, the rows a checkpoint of RocksDB. While one is made or deleted
 * it has a hidden name, and what a crash leaves of those is removed at the next start, or before
 * the next one is made or deleted. Thread-safe.
 */
public final class Snapshots {
  static final String DIRECTORY = "snapshots";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
  private static final String UNFINISHED = ".new";
  private static final String GOING = ".old";

  private final Disk disk;
  private final Path dataDirectory;
  private final boolean owned;

  /** Held while the directory of snapshots is changed. */
  private final ReentrantLock changing = new ReentrantLock();

  private boolean ended;

  /**
   * @param owned whether this process has the data directory's lock as long as this lives
   */
  Snapshots(Disk disk, Path dataDirectory, boolean owned) {
    this.disk = disk;
    this.dataDirectory = dataDirectory;
    this.owned = owned;
  }

  /**
   * Those of a data directory that this process has not open. They can be listed and read though a
   * server has it.
   *
   * @throws SnapshotFailure it is no data directory
   */
  public static Snapshots of(Path dataDirectory) {
    var root = dataDirectory.toAbsolutePath().normalize();
    var disk = new RealDisk();
    if (!Files.exists(DirectoryProperties.in(root))) {
      throw new SnapshotFailure(
          "There is no data directory at %s; give the one that the server serves.".formatted(root));
    }
    return new Snapshots(disk, root, false);
  }

  /**
   * Refuses to open a snapshot as a data directory where it lies; a copy elsewhere may be opened.
   *
   * @throws DirectoryUnusable it is one
   */
  static void refuseInPlace(Disk disk, Path directory) {
    var root = directory.toAbsolutePath().normalize();
    var parent = root.getParent();
    try {
      if (parent != null
          && parent.endsWith(DIRECTORY)
          && SnapshotProperties.isIn(disk, root)
          && disk.find(parent.resolveSibling(DirectoryProperties.NAME)).isPresent()) {
        throw Refusals.snapshotInPlace(root);
      }
    } catch (IOException e) {
      throw Refusals.notWritable(root, e);
    }
  }

  /**
   * Refuses what cannot be a snapshot's name.
   *
   * @throws SnapshotFailure it cannot
   */
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new SnapshotFailure(
          "A snapshot's name has 1 to 64 letters, digits, '.', '_' or '-', and begins with a"
              + " letter, a digit or '_'; choose another one.");
    }
  }

  /** All of them, in order of their names. */
  public List<Snapshot> list() {
    var found = new ArrayList<Snapshot>();
    try {
      for (var entry : disk.list(directory())) {
        if (NAME.matcher(entry.name()).matches() && SnapshotProperties.isIn(disk, entry.path())) {
          addTo(found, entry.path());
        }
      }
    } catch (NoSuchFileException e) {
      // None was ever made.
    } catch (IOException e) {
      throw failure("The snapshots in %s cannot be listed".formatted(directory()), e);
    }
    return found;
  }

  private void addTo(List<Snapshot> found, Path path) throws IOException {
    try {
      found.add(SnapshotProperties.read(disk, path));
    } catch (NoSuchFileException e) {
      // It was deleted just now.
    }
  }

  /**
   * The directory of one.
   *
   * @throws SnapshotFailure there is none of this name
   */
  public Path path(String name) {
    checkName(name);
    var path = directory().resolve(name);
    if (!isThere(path)) {
      throw new SnapshotFailure(
          "There is no snapshot %s of %s; 'coffer snapshot list' shows what there is."
              .formatted(name, dataDirectory));
    }
    return path;
  }

  /**
   * What is known of one.
   *
   * @throws SnapshotFailure there is none of this name
   */
  public Snapshot find(String name) {
    var path = path(name);
    try {
      return SnapshotProperties.read(disk, path);
    } catch (IOException e) {
      throw failure("The snapshot %s cannot be read".formatted(name), e);
    }
  }

  /**
   * Bytes of files that nothing but this snapshot holds: what deleting it would free. Looks at each
   * of its files; files that several snapshots hold count for none.
   *
   * @return empty where the filesystem does not count the names of a file
   */
  public OptionalLong held(String name) {
    var path = path(name);
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return OptionalLong.empty();
    }
    try (var files = Files.walk(path)) {
      long bytes = 0;
      for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        boolean alone = Integer.valueOf(1).equals(Files.getAttribute(file, "unix:nlink"));
        bytes += alone ? Files.size(file) : 0;
      }
      return OptionalLong.of(bytes);
    } catch (IOException | UncheckedIOException e) {
      throw failure("The files of the snapshot %s cannot be counted".formatted(name), e);
    }
  }

  private boolean isThere(Path path) {
    try {
      return disk.find(path).isPresent();
    } catch (IOException e) {
      throw failure("%s cannot be read".formatted(path), e);
    }
  }

  /**
   * Deletes one; the room that only it held is free then.
   *
   * @throws SnapshotFailure there is none of this name, or it cannot be deleted
   * @throws DirectoryInUse another process has the data directory, and is to be asked to do it
   */
  public void delete(String name) {
    var path = path(name);
    try (var held = owned ? null : open()) {
      changing.lock();
      try {
        if (ended) {
          throw new SnapshotFailure("The server is stopping; try again when it is stopped.");
        }
        clean();
        var going = directory().resolve("." + name + GOING);
        disk.rename(path, going);
        disk.sync(directory());
        deleteTree(going);
      } finally {
        changing.unlock();
      }
    } catch (IOException e) {
      throw failure("The snapshot %s cannot be deleted".formatted(name), e);
    }
  }

  /** Makes a new one in a hidden directory and then gives it its name. */
  Snapshot create(String name, Making making) {
    checkName(name);
    changing.lock();
    try {
      clean();
      var path = directory().resolve(name);
      if (disk.find(path).isPresent()) {
        throw new SnapshotFailure(
            "There is a snapshot %s already; choose another name, or delete that one first."
                .formatted(name));
      }
      boolean first = disk.find(directory()).isEmpty();
      var unfinished = directory().resolve("." + name + UNFINISHED);
      disk.makeDirectory(unfinished);
      if (first) {
        disk.sync(dataDirectory);
      }
      return finish(making, unfinished, path);
    } catch (IOException e) {
      throw failure("The snapshot %s cannot be made".formatted(name), e);
    } finally {
      changing.unlock();
    }
  }

  private Snapshot finish(Making making, Path unfinished, Path path) throws IOException {
    boolean made = false;
    try {
      var snapshot = making.in(unfinished);
      disk.sync(unfinished);
      disk.rename(unfinished, path);
      disk.sync(directory());
      made = true;
      return snapshot;
    } finally {
      if (!made) {
        discard(unfinished);
      }
    }
  }

  /** How one is made, in an empty directory. */
  @FunctionalInterface
  interface Making {
    Snapshot in(Path directory) throws IOException;
  }

  /** Removes what a crash left of making or deleting. Nobody does either meanwhile. */
  void clean() throws IOException {
    changing.lock();
    try {
      if (disk.find(directory()).isEmpty()) {
        return;
      }
      for (var entry : disk.list(directory())) {
        var name = entry.name();
        if (name.startsWith(".") && (name.endsWith(UNFINISHED) || name.endsWith(GOING))) {
          deleteTree(entry.path());
        }
      }
    } finally {
      changing.unlock();
    }
  }

  /** Waits for who changes them; nobody does any more. */
  void end() {
    changing.lock();
    try {
      ended = true;
    } finally {
      changing.unlock();
    }
  }

  private Path directory() {
    return dataDirectory.resolve(DIRECTORY);
  }

  private DataDirectory open() {
    // Without a reserve: deleting is what makes room on a full disk.
    return DataDirectory.open(
        dataDirectory, FilesSettings.defaults().withReserveBytes(0), World.real());
  }

  private void discard(Path unfinished) {
    try {
      deleteTree(unfinished);
    } catch (IOException e) {
      System.getLogger(Snapshots.class.getName())
          .log(System.Logger.Level.WARNING, "What was made of a snapshot stays for now", e);
    }
  }

  private void deleteTree(Path directory) throws IOException {
    try (var parallel = new Parallel()) {
      deleteFiles(directory, parallel);
      parallel.finish();
    }
    deleteDirectories(directory);
  }

  private void deleteFiles(Path directory, Parallel parallel) throws IOException {
    var files = new ArrayList<Path>();
    for (var entry : disk.list(directory)) {
      if (entry.isDirectory() && !Files.isSymbolicLink(entry.path())) {
        deleteFiles(entry.path(), parallel);
      } else {
        files.add(entry.path());
      }
    }
    parallel.run(
        () -> {
          for (var file : files) {
            disk.delete(file);
          }
        });
  }

  private void deleteDirectories(Path directory) throws IOException {
    for (var entry : disk.list(directory)) {
      deleteDirectories(entry.path());
    }
    disk.delete(directory);
  }

  static SnapshotFailure failure(String what, @Nullable Exception cause) {
    var reason = cause == null ? "" : " (" + cause.getMessage() + ")";
    return new SnapshotFailure(what + reason + "; mend that and try again.", cause);
  }
}
