package io.coffer.storage.files;

import io.coffer.storage.files.disk.Disk;
import io.coffer.storage.files.disk.RealDisk;
import java.security.SecureRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What is not deterministic about the backend: disk, time, chance, and what runs behind the
 * requests. Given from outside, so that one seed replays a failure.
 *
 * @param disk holds the backend's own files
 * @param nanoTime grows steadily, as {@link System#nanoTime} does
 * @param random thread-safe; ids come from it, secrets do not
 * @param rows is told of every write of rows
 * @param threads whether work behind the requests runs on threads of its own; without, it is done
 *     when {@link FilesStorage#settle} is called, and only then
 */
public record World(
    Disk disk, LongSupplier nanoTime, RandomGenerator random, RowsWatcher rows, boolean threads) {
  /** This machine. */
  public static World real() {
    return new World(new RealDisk(), System::nanoTime, new SecureRandom(), RowsWatcher.NONE, true);
  }

  /** This machine, with nothing that goes on behind the requests: for who only looks. */
  public static World quiet() {
    return new World(new RealDisk(), System::nanoTime, new SecureRandom(), RowsWatcher.NONE, false);
  }
}
