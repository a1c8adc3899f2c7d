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
  private final long wanted;
  private final ReentrantLock changing = new ReentrantLock();

  /** Bytes of the file; another setting may have made it. */
  private volatile long there;

  private Ballast(Disk disk, Path file, long wanted, long there) {
    this.disk = disk;
    this.file = file;
    this.wanted = wanted;
    this.there = there;
  }

  /** The ballast of a data directory, as an earlier start left it. */
  static Ballast of(Disk disk, Path root, long reserveBytes) throws IOException {
    var file = root.resolve(NAME);
    long wanted = Math.min(reserveBytes / 2, BYTES_AT_MOST);
    return new Ballast(disk, file, wanted, fileBytes(disk, file));
  }

  /** Bytes of the reserve that are in it; 0 when it was given up. */
  long bytes() {
    return Math.min(there, wanted);
  }

  /** Whether it is not as it should be: given up, or made under another setting. */
  boolean isToBeMade() {
    return there != wanted;
  }

  /** Deletes the file; false when there was none, or it cannot be deleted. */
  boolean giveUp() {
    changing.lock();
    try {
      if (there == 0) {
        return false;
      }
      there = 0;
      return disk.delete(file);
    } catch (IOException e) {
      log("The reserve " + file + " cannot be given up", e);
      return false;
    } finally {
      changing.unlock();
    }
  }

  /** Writes the file, or deletes it when there is to be none; when that fails there is none. */
  void make() {
    changing.lock();
    try {
      disk.delete(file);
      there = 0;
      try {
        write();
        there = wanted;
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
    if (wanted == 0) {
      return;
    }
    var chunk = new byte[(int) Math.min(CHUNK_BYTES, wanted)];
    new SplittableRandom(wanted).nextBytes(chunk);
    try (var out = disk.create(file)) {
      for (long left = wanted; left > 0; left -= Math.min(left, chunk.length)) {
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
