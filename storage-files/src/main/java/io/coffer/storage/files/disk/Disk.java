package io.coffer.storage.files.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk, as far as the filesystem backend uses one for its own files; RocksDB's files are
 * RocksDB's. Everything that can be lost in a crash goes through here: bytes of a file are volatile
 * until {@link DiskFile#sync}, entries of a directory until {@link #sync}. A simulated disk makes
 * use of that freedom; the tests of crashes rest on it.
 *
 * <p>Thread-safe. A full disk throws {@link DiskFull}.
 */
public interface Disk {
  /**
   * A new, empty file, to be written.
   *
   * @throws java.nio.file.FileAlreadyExistsException there is one
   * @throws java.nio.file.NoSuchFileException there is no such directory
   */
  DiskFile create(Path file) throws IOException;

  /**
   * A file, to be read.
   *
   * @throws java.nio.file.NoSuchFileException there is none
   */
  DiskFile open(Path file) throws IOException;

  /**
   * Returns when all entries that the directory had at the call are durable. An interrupt neither
   * ends it nor is lost.
   *
   * @throws IOException they may not be; trying again would not tell
   */
  void sync(Path directory) throws IOException;

  /** Makes a directory, and those above it, that the owner alone may read; it may be there. */
  void makeDirectory(Path directory) throws IOException;

  /** Gives a file another name within its directory, in place of a file that has it. Atomic. */
  void rename(Path from, Path to) throws IOException;

  /** Gives a file a second name. */
  void link(Path file, Path name) throws IOException;

  /** Deletes a file or an empty directory; false when there is none. */
  boolean delete(Path path) throws IOException;

  /**
   * What a directory holds, sorted by name.
   *
   * @throws java.nio.file.NoSuchFileException there is no such directory
   */
  List<Entry> list(Path directory) throws IOException;

  /** What is there under this name, or empty. */
  Optional<Entry> find(Path path) throws IOException;

  /** Whether files can be made, renamed and deleted in a directory. */
  boolean isWritable(Path directory);

  /** Bytes that can still be written; the path, or a directory above it, is there. */
  long usableBytes(Path path) throws IOException;

  /**
   * Locks a file, which is made when it is not there, against other processes and within this one.
   * It then holds the number of this process.
   *
   * @return the lock
   * @throws Locked another holds it
   */
  Closeable lock(Path file) throws IOException;

  /** One thing in a directory. */
  record Entry(Path path, boolean isDirectory) {
    public String name() {
      return path.getFileName().toString();
    }
  }

  /** Somebody else holds a lock. */
  final class Locked extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param holder who, as in "process 17"
     */
    public Locked(String holder) {
      super(holder);
    }
  }

  /** There is no room left. */
  final class DiskFull extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskFull(String message, IOException cause) {
      super(message, cause);
    }
  }
}
