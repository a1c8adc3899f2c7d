package io.coffer.storage.files;

import io.coffer.storage.files.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Room on the disk that is really there: a file of no use, which is deleted when somebody else has
 * filled the disk, so that RocksDB can write down what is deleted. It holds random bytes, so that a
 * filesystem that compresses keeps room for all of them. Thread-safe.
 */
final class Ballast {
  static final String NAME = "reserve";

  /** RocksDB goes on after a full disk when its largest memtable fits; more is of no use. */
  private static final long BYTES_AT_MOST = 64 << 20;

  private static final int CHUNK_BYTES = 1 << 20;

  private final Disk disk;
  private final Path file;
  private final long bytes;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile boolean isThere;

  private Ballast(Disk disk, Path file, long bytes, boolean isThere) {
    this.disk = disk;
    this.file = file;
    this.bytes = bytes;
    this.isThere = isThere;
  }

  /** The ballast of a data directory, as an earlier start left it. */
  static Ballast of(Disk disk, Path root, long reserveBytes) throws IOException {
    var file = root.resolve(NAME);
    long bytes = Math.min(reserveBytes / 2, BYTES_AT_MOST);
    return new Ballast(disk, file, bytes, bytes > 0 && fileBytes(disk, file) == bytes);
  }

  /** Bytes that giving it up would free; 0 when it was given up. */
  long bytes() {
    return isThere ? bytes : 0;
  }

  /** Whether there should be one and is none. */
  boolean isMissing() {
    return bytes > 0 && !isThere;
  }

  /** Deletes the file; false when there was none, or it cannot be deleted. */
  boolean giveUp() {
    changing.lock();
    try {
      if (!isThere) {
        return false;
      }
      isThere = false;
      return disk.delete(file);
    } catch (IOException e) {
      log("The reserve " + file + " cannot be given up", e);
      return false;
    } finally {
      changing.unlock();
    }
  }

  /** Writes the file; when that fails there is none. */
  void make() {
    changing.lock();
    try {
      disk.delete(file);
      try {
        write();
        isThere = true;
      } catch (IOException e) {
        disk.delete(file);
        throw e;
      }
    } catch (IOException e) {
      log("The reserve " + file + " cannot be made", e);
    } finally {
      changing.unlock();
    }
  }

  private void write() throws IOException {
    var chunk = new byte[(int) Math.min(CHUNK_BYTES, bytes)];
    new SplittableRandom(bytes).nextBytes(chunk);
    try (var out = disk.create(file)) {
      for (long left = bytes; left > 0; left -= Math.min(left, chunk.length)) {
        out.append(ByteBuffer.wrap(chunk, 0, (int) Math.min(left, chunk.length)));
      }
      out.sync();
    }
  }

  private static long fileBytes(Disk disk, Path file) throws IOException {
    if (disk.find(file).isEmpty()) {
      return 0;
    }
    try (var open = disk.open(file)) {
      return open.size();
    }
  }

  private static void log(String what, IOException e) {
    System.getLogger(Ballast.class.getName()).log(System.Logger.Level.WARNING, what, e);
  }
}
