package io.coffer.storage.files;

import io.coffer.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How much room the disk has, so that writers are told Full before RocksDB meets the end of the
 * disk. The disk is asked about once a second; between, what was written is subtracted. A part of
 * the reserve is the {@link Ballast}, which counts as room until it is given up. Thread-safe.
 */
final class DiskSpace {
  private static final System.Logger LOG = System.getLogger(DiskSpace.class.getName());
  private static final long MAX_AGE_NANOS = 1_000_000_000;
  private static final long MIN_AGE_NANOS = 50_000_000;

  /** How the disk is asked. */
  @FunctionalInterface
  interface Usable {
    long bytes() throws IOException;
  }

  private final Usable usable;
  private final LongSupplier nanoTime;
  private final long reserveBytes;
  private final Ballast ballast;
  private final AtomicLong askedAtNanos;
  private final AtomicLong leftBytes;
  private volatile boolean silent;
  private volatile boolean stalled;

  DiskSpace(Usable usable, LongSupplier nanoTime, long reserveBytes, Ballast ballast)
      throws IOException {
    this.usable = usable;
    this.nanoTime = nanoTime;
    this.reserveBytes = reserveBytes;
    this.ballast = ballast;
    askedAtNanos = new AtomicLong(nanoTime.getAsLong());
    leftBytes = new AtomicLong(usable.bytes());
  }

  static DiskSpace of(Path directory, World world, long reserveBytes) throws IOException {
    var ballast = Ballast.of(world.disk(), directory, reserveBytes);
    var space =
        new DiskSpace(
            () -> world.disk().usableBytes(directory), world.nanoTime(), reserveBytes, ballast);
    space.giveUpWhenLow();
    return space;
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
    checkGoesOn();
    ask(() -> takeNow(bytes, reserveBytes));
  }

  /** As {@link #take}, but only looks: a client learns before it sends that there is no room. */
  void check(long bytes) {
    checkGoesOn();
    ask(() -> suffices(leftBytes.get(), bytes, reserveBytes));
  }

  /** As {@link #take}, for what makes room in the end: it may take of the reserve. */
  void takeToFree(long bytes) {
    ask(() -> takeNow(bytes, floor(reserveBytes)));
    giveUpWhenLow();
  }

  /** Bytes left on the disk, as of about now; may be some too few. */
  long free() {
    askAfter(MAX_AGE_NANOS);
    return Math.max(0, leftBytes.get());
  }

  /** Bytes that have to be left on the disk for writes, beside the ballast. */
  long needed() {
    return reserveBytes - ballast.bytes();
  }

  /** Whether less is left than writes need or, with a factor above 1, whether that is near. */
  boolean isShort(double factor) {
    return free() + ballast.bytes() < reserveBytes * factor;
  }

  /**
   * Bytes that work behind the requests may take for a while; when room is short, of the reserve.
   */
  long spare() {
    long ofTheReserve = Math.min(free() - floor(reserveBytes), reserveBytes / 2);
    return Math.max(0, Math.max(free() - needed(), ofTheReserve));
  }

  /** Gives the ballast up, because RocksDB needs the room now. */
  void giveUp() {
    if (ballast.giveUp()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The disk is nearly full: the reserve was given up, so that deleting goes on");
      askAfter(-1);
    }
  }

  /** Makes the ballast again when there is room for it, and room beside it. */
  void makeAgain() {
    if (ballast.isToBeMade() && !isShort(1.25)) {
      ballast.make();
      askAfter(-1);
    }
  }

  /** RocksDB met the end of the disk, or goes on. */
  void setStalled(boolean stalled) {
    this.stalled = stalled;
  }

  private void giveUpWhenLow() {
    if (ballast.bytes() > 0 && leftBytes.get() < reserveBytes / 8) {
      giveUp();
    }
  }

  private void checkGoesOn() {
    if (stalled) {
      throw Failures.stalled();
    }
  }

  /** Before anybody is refused the disk is asked again. */
  private void ask(BooleanSupplier request) {
    askAfter(MAX_AGE_NANOS);
    if (!request.getAsBoolean() && !(askAfter(MIN_AGE_NANOS) && request.getAsBoolean())) {
      throw new StorageException.Full(
          "%d MiB are left on the disk, and %d MiB are kept in reserve"
              .formatted(Math.max(0, leftBytes.get()) >> 20, needed() >> 20));
    }
  }

  private boolean suffices(long left, long bytes, long keep) {
    return left - bytes + ballast.bytes() >= keep;
  }

  /** All of it or nothing, so that who is refused takes nothing from the others. */
  private boolean takeNow(long bytes, long keep) {
    long left;
    do {
      left = leftBytes.get();
      if (!suffices(left, bytes, keep)) {
        return false;
      }
    } while (!leftBytes.compareAndSet(left, left - bytes));
    return true;
  }

  /** True when what is left was learnt anew, without what is announced and not yet written. */
  private boolean askAfter(long ageNanos) {
    long asked = askedAtNanos.get();
    long now = nanoTime.getAsLong();
    if (now - asked <= ageNanos || !askedAtNanos.compareAndSet(asked, now)) {
      return false;
    }
    try {
      leftBytes.set(usable.bytes());
      silent = false;
      return true;
    } catch (IOException e) {
      // What was known stays known, less what is written; a write meets the truth by itself.
      if (!silent) {
        silent = true;
        LOG.log(System.Logger.Level.WARNING, "The disk does not say how much room is left", e);
      }
    }
    return false;
  }
}
