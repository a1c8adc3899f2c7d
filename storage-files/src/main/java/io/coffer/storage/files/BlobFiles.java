package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.files.disk.Disk;
import io.coffer.storage.files.disk.DiskFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the files of blobs are: {@code 3f/a/<id>}, by the last three digits of the id, which are
 * random. 4,096 directories stay small for many millions of files, and few enough that making them
 * durable is soon paid for. Thread-safe.
 */
final class BlobFiles {
  private static final int DIGITS = BlobId.TEXT_LENGTH;

  private final Disk disk;
  private final Path root;
  private final DirectorySync directories;

  /** Directories that are known to outlive a crash. */
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  /** Directories where files were deleted, which a crash may bring back. */
  private final Set<Path> deletedIn = ConcurrentHashMap.newKeySet();

  /** Directories whose sync failed once: what a later one says of older entries is not true. */
  private final Set<Path> doubtful = ConcurrentHashMap.newKeySet();

  private volatile boolean leftBehind;

  BlobFiles(Disk disk, Path root) {
    this.disk = disk;
    this.root = root;
    directories = new DirectorySync(this::syncOnce);
  }

  Path root() {
    return root;
  }

  Path path(BlobId blob) {
    return leaf(blob).resolve(blob.toString());
  }

  /**
   * @throws java.nio.file.FileAlreadyExistsException the id was used before
   * @throws IOException its entry could never be made durable, or anything else
   */
  DiskFile create(BlobId blob) throws IOException {
    var path = path(blob);
    if (!doubtful.isEmpty()) {
      checkSound(leaf(blob));
      checkSound(branch(blob));
      checkSound(root);
    }
    try {
      return disk.create(path);
    } catch (NoSuchFileException e) {
      disk.makeDirectory(leaf(blob));
      return disk.create(path);
    }
  }

  /**
   * @throws NoSuchFileException there is no such file
   */
  DiskFile open(BlobId blob) throws IOException {
    return disk.open(path(blob));
  }

  /**
   * Returns when the file's bytes are durable. An error that the kernel met while it wrote them,
   * and told nobody, is told here though the file was closed since.
   *
   * @throws NoSuchFileException there is no such file
   */
  void sync(BlobId blob) throws IOException {
    try (var file = open(blob)) {
      file.sync();
    }
  }

  /**
   * Gives a file a second name, the same in another directory of blobs; {@link #syncAll} there
   * makes it durable.
   *
   * @return false when there is no such file
   */
  boolean link(BlobId blob, BlobFiles other) throws IOException {
    var path = path(blob);
    try {
      disk.link(path, other.path(blob));
      return true;
    } catch (NoSuchFileException e) {
      disk.makeDirectory(other.leaf(blob));
    }
    try {
      disk.link(path, other.path(blob));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Makes all entries of all directories durable. */
  void syncAll(Parallel parallel) throws IOException {
    for (var branch : list(root)) {
      for (var leaf : list(branch.path())) {
        parallel.run(() -> disk.sync(leaf.path()));
      }
      parallel.run(() -> disk.sync(branch.path()));
    }
    parallel.run(() -> disk.sync(root));
    parallel.finish();
  }

  /** Returns when the file's entry, and all directories up to the root's, are durable. */
  void syncEntry(BlobId blob) throws IOException {
    var leaf = leaf(blob);
    directories.sync(leaf);
    if (!durable.contains(leaf)) {
      directories.sync(branch(blob));
      directories.sync(root);
      durable.add(leaf);
    }
  }

  private void syncOnce(Path directory) throws IOException {
    checkSound(directory);
    boolean done = false;
    try {
      disk.sync(directory);
      done = true;
    } finally {
      if (!done) {
        doubtful.add(directory);
      }
    }
  }

  private void checkSound(Path directory) throws IOException {
    if (doubtful.contains(directory)) {
      throw new IOException(
          "the directory " + directory + " could not be synced once, and takes no more files");
    }
  }

  /** What a directory of these holds, sorted by name. */
  List<Disk.Entry> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  boolean exists(Path file) throws IOException {
    return disk.find(file).isPresent();
  }

  /** Deletes the file, if there is one; a crash may bring it back. */
  void delete(BlobId blob) throws IOException {
    if (disk.delete(path(blob))) {
      deletedIn.add(leaf(blob));
    }
  }

  /** An earlier life may have deleted files in this directory of files, and not have synced it. */
  void mistrust(Path leaf) {
    deletedIn.add(leaf);
  }

  /** Returns when no crash brings back what was deleted before the call. */
  void syncDeletions() throws IOException {
    for (var directory : deletedIn) {
      deletedIn.remove(directory);
      directories.sync(directory);
    }
  }

  /** A file that no row will know could not be deleted: the next start has to look for it. */
  void leaveBehind() {
    leftBehind = true;
  }

  boolean hasLeftBehind() {
    return leftBehind;
  }

  private Path branch(BlobId blob) {
    return root.resolve(blob.toString().substring(DIGITS - 3, DIGITS - 1));
  }

  private Path leaf(BlobId blob) {
    return branch(blob).resolve(blob.toString().substring(DIGITS - 1));
  }
}
