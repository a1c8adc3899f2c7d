package io.coffer.storage.files;

import io.coffer.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much room the disk has, so that writers are told Full before RocksDB meets the end of the
 * disk. The disk is asked about once a second; between, what was written is subtracted.
 * Thread-safe.
 */
final class DiskSpace {
  private static final long MAX_AGE_NANOS = 1_000_000_000;
  private static final long MIN_AGE_NANOS = 50_000_000;

  private final LongSupplier usableBytes;
  private final LongSupplier nanoTime;
  private final long reserveBytes;
  private final AtomicLong askedAtNanos;
  private final AtomicLong leftBytes;

  DiskSpace(LongSupplier usableBytes, LongSupplier nanoTime, long reserveBytes) {
    this.usableBytes = usableBytes;
    this.nanoTime = nanoTime;
    this.reserveBytes = reserveBytes;
    askedAtNanos = new AtomicLong(nanoTime.getAsLong());
    leftBytes = new AtomicLong(usableBytes.getAsLong());
  }

  static DiskSpace of(Path directory, World world, long reserveBytes) throws IOException {
    return new DiskSpace(
        () -> {
          try {
            return world.disk().usableBytes(directory);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        world.nanoTime(),
        reserveBytes);
  }

  /** What even a delete leaves alone: RocksDB needs some room to write down that it deleted. */
  static long floor(long reserveBytes) {
    return reserveBytes / 16;
  }

  /**
   * Announces bytes that will be written.
   *
   * @throws StorageException.Full they would take of the reserve
   */
  void take(long bytes) {
    take(bytes, reserveBytes);
  }

  /** As {@link #take}, for what makes room in the end: it may take of the reserve. */
  void takeToFree(long bytes) {
    take(bytes, floor(reserveBytes));
  }

  /** Bytes left, as of about now; may be some too few. */
  long free() {
    askAfter(MAX_AGE_NANOS);
    return Math.max(0, leftBytes.get());
  }

  long reserve() {
    return reserveBytes;
  }

  private void take(long bytes, long keep) {
    askAfter(MAX_AGE_NANOS);
    if (leftBytes.addAndGet(-bytes) >= keep) {
      return;
    }
    askAfter(MIN_AGE_NANOS);
    long left = leftBytes.get();
    if (left < keep) {
      leftBytes.addAndGet(bytes);
      throw new StorageException.Full(
          "%d MiB are left on the disk, and %d MiB are kept in reserve"
              .formatted(Math.max(0, left) >> 20, reserveBytes >> 20));
    }
  }

  private void askAfter(long ageNanos) {
    long asked = askedAtNanos.get();
    long now = nanoTime.getAsLong();
    if (now - asked > ageNanos && askedAtNanos.compareAndSet(asked, now)) {
      leftBytes.set(usableBytes.getAsLong());
    }
  }
}
