package io.coffer.storage.files;

import io.coffer.storage.files.disk.Disk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Set;

/** Looks whether a directory can be used, without touching it. */
final class DirectoryCheck {
  /** What may be in a directory that is being made: a crash ended an earlier attempt. */
  private static final Set<String> BEGINNINGS =
      Set.of(
          DataDirectory.LOCK,
          DirectoryProperties.UNFINISHED,
          "lost+found",
          DataDirectory.ROWS,
          DataDirectory.BLOBS,
          DataDirectory.SECRETS);

  private final Disk disk;
  private final Path root;

  DirectoryCheck(Disk disk, Path root) {
    this.disk = disk;
    this.root = root;
  }

  /**
   * Returns when there is nothing against it.
   *
   * @throws DirectoryUnusable there is, and its message says what to do
   */
  void check(long reserveBytes) throws IOException {
    var here = disk.find(root);
    if (here.isEmpty()) {
      checkRoom(reserveBytes);
      return;
    }
    if (!here.get().isDirectory()) {
      throw Refusals.notADirectory(root);
    }
    boolean isNew = disk.find(DirectoryProperties.in(root)).isEmpty();
    if (isNew) {
      checkNothingElse();
    } else {
      DirectoryProperties.read(disk, root);
    }
    checkParts(isNew);
    checkWritable(root);
    for (var part : DataDirectory.PARTS) {
      checkWritable(root.resolve(part));
    }
    if (isNew) {
      checkRoom(reserveBytes);
      return;
    }
    RowFiles.check(root.resolve(DataDirectory.ROWS));
    long ballast = Ballast.of(disk, root, reserveBytes).bytes();
    checkRoom(Math.max(0, DiskSpace.floor(reserveBytes) - ballast));
  }

  private void checkWritable(Path directory) throws IOException {
    if (disk.find(directory).isEmpty() || disk.isWritable(directory)) {
      return;
    }
    throw isMountedReadOnly(directory)
        ? Refusals.readOnly(directory)
        : Refusals.notWritable(directory, new AccessDeniedException(directory.toString()));
  }

  /** Asks the machine itself why, as a bind mount is read-only where its filesystem is not. */
  private static boolean isMountedReadOnly(Path directory) {
    try {
      directory.getFileSystem().provider().checkAccess(directory, AccessMode.WRITE);
      return false;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("Read-only file system");
    }
  }

  private void checkParts(boolean isNew) throws IOException {
    for (var part : DataDirectory.PARTS) {
      var found = disk.find(root.resolve(part));
      if (found.isPresent() && !found.get().isDirectory()) {
        throw Refusals.notADirectory(found.get().path());
      }
      if (!isNew && found.isEmpty()) {
        throw Refusals.incomplete(root, part);
      }
    }
  }

  private void checkNothingElse() throws IOException {
    boolean begun = disk.find(root.resolve(DirectoryProperties.UNFINISHED)).isPresent();
    for (var entry : disk.list(root)) {
      var name = entry.name();
      boolean part =
          (name.equals(DataDirectory.ROWS) && !begun) || name.equals(DataDirectory.BLOBS);
      boolean holdsData =
          part && entry.isDirectory()
              ? !disk.list(entry.path()).isEmpty()
              : !BEGINNINGS.contains(name);
      if (holdsData) {
        throw Refusals.foreign(root, name);
      }
    }
  }

  private void checkRoom(long needed) throws IOException {
    long free = disk.usableBytes(root);
    if (free < needed) {
      throw Refusals.noRoom(root, free, needed);
    }
  }
}
