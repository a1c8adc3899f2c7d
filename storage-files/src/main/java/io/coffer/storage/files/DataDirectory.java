package io.coffer.storage.files;

import io.coffer.storage.files.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The directory itself: what lies where, its format, and the lock that keeps a second server out.
 * When one is made, {@code coffer.properties.new} comes first and gets its final name last, so that
 * a directory with the first is begun anew, and one with the second has everything. Before it is
 * found acceptable nothing is changed.
 */
final class DataDirectory implements AutoCloseable {
  static final String LOCK = "lock";
  static final String ROWS = "rows";
  static final String BLOBS = "blobs";
  static final String SECRETS = "secrets";

  /** The directories within it. */
  static final List<String> PARTS = List.of(ROWS, BLOBS, SECRETS);

  private final Disk disk;
  private final Path root;
  private final Lock lock;
  private final boolean isNew;
  private final UUID id;

  /** The lock, and whether its file was made with it. */
  private record Lock(Closeable held, boolean isNew) {}

  private DataDirectory(Disk disk, Path root, Lock lock, boolean isNew, UUID id) {
    this.disk = disk;
    this.root = root;
    this.lock = lock;
    this.isNew = isNew;
    this.id = id;
  }

  /**
   * Takes the directory, or begins to make it where there is none; then {@link #finish} is due.
   *
   * @throws DirectoryUnusable it cannot be used; nothing was changed
   */
  static DataDirectory open(Path directory, FilesSettings settings, World world) {
    var root = directory.toAbsolutePath().normalize();
    var disk = world.disk();
    try {
      new DirectoryCheck(disk, root).check(settings.reserveBytes());
      var missing = missing(disk, root);
      if (!missing.isEmpty()) {
        disk.makeDirectory(root);
      }
      var lock = lock(disk, root);
      try {
        // Looked at again under the lock: another server may have made it meanwhile.
        boolean isNew = disk.find(DirectoryProperties.in(root)).isEmpty();
        if (isNew) {
          syncAbove(disk, root, missing);
        }
        var properties = isNew ? begin(world, root) : DirectoryProperties.read(disk, root);
        return new DataDirectory(disk, root, lock, isNew, properties.store());
      } catch (IOException | RuntimeException e) {
        refuse(disk, root, lock);
        throw e;
      }
    } catch (IOException e) {
      throw Refusals.notWritable(root, e);
    }
  }

  UUID id() {
    return id;
  }

  /** Whether it is being made, so that there is nothing in it. */
  boolean isNew() {
    return isNew;
  }

  Path root() {
    return root;
  }

  Path rows() {
    return root.resolve(ROWS);
  }

  Path blobs() {
    return root.resolve(BLOBS);
  }

  Path secrets() {
    return root.resolve(SECRETS);
  }

  /** Says that a directory that was begun has everything now; durably. */
  void finish() throws IOException {
    if (isNew) {
      DirectoryProperties.finish(disk, root);
    } else {
      disk.sync(root); // who finished it may have been killed before it had synced
    }
  }

  @Override
  public void close() {
    release(root, lock);
  }

  /** Closes the directory, because it cannot be used: it is as it was. */
  void refuse() {
    refuse(disk, root, lock);
  }

  private static void refuse(Disk disk, Path root, Lock lock) {
    if (lock.isNew()) {
      try {
        // Whoever opened the file meanwhile is kept out by RocksDB's lock.
        disk.delete(root.resolve(LOCK));
      } catch (IOException e) {
        // It stays, and does no harm.
      }
    }
    release(root, lock);
  }

  private static Lock lock(Disk disk, Path root) throws IOException {
    var file = root.resolve(LOCK);
    boolean isNew = disk.find(file).isEmpty();
    try {
      return new Lock(disk.lock(file), isNew);
    } catch (Disk.Locked e) {
      throw new DirectoryInUse(root, " (" + e.getMessage() + ")");
    }
  }

  private static void release(Path root, Lock lock) {
    try {
      lock.held().close();
    } catch (IOException e) {
      // The lock ends with the process at the latest, and there is nothing else to do about it.
      System.getLogger(DataDirectory.class.getName())
          .log(System.Logger.Level.WARNING, "The lock of " + root + " was not released", e);
    }
  }

  private static DirectoryProperties begin(World world, Path root) throws IOException {
    var disk = world.disk();
    var random = world.random();
    var properties =
        new DirectoryProperties(
            DirectoryProperties.FORMAT, new UUID(random.nextLong(), random.nextLong()));
    properties.begin(disk, root);
    RowFiles.clear(root.resolve(ROWS));
    for (var part : PARTS) {
      disk.makeDirectory(root.resolve(part));
    }
    disk.sync(root);
    return properties;
  }

  /** The directories that are not there yet, from the root up. */
  static List<Path> missing(Disk disk, Path root) throws IOException {
    var missing = new ArrayList<Path>();
    for (Path at = root; at != null && disk.find(at).isEmpty(); at = at.getParent()) {
      missing.add(at);
    }
    return missing;
  }

  /** Makes the root's own name durable, and the names above it that were made with it. */
  static void syncAbove(Disk disk, Path root, List<Path> made) throws IOException {
    for (var directory : made) {
      if (directory.getParent() != null) {
        disk.sync(directory.getParent());
      }
    }
    var above = root.getParent();
    if (!made.isEmpty() || above == null) {
      return;
    }
    try {
      disk.sync(above); // in case that a process made the root, and was killed then
    } catch (AccessDeniedException e) {
      // Who may not read it did not make the directory: its owner did, and long ago.
    }
  }
}
