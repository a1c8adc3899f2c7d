package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Deletes what nobody can adopt any more, behind the requests. After a crash, all that no batch
 * adopted, because only the process that sealed a blob knows of it; then once a day, slowly, what
 * is left of writers whose file could not be deleted when they gave up. And every few hours, blobs
 * that are sealed for so long that whoever sealed them has forgotten them. What an earlier process
 * left of unfinished snapshots goes at every start. A platform thread.
 */
final class Strays {
  private static final System.Logger LOG = System.getLogger(Strays.class.getName());

  /** A sealed blob that two looks have found is given up: it is this old, or twice as old. */
  private static final long LOOK_HOURS = 3;

  private static final int LOOKS_A_DAY = (int) (24 / LOOK_HOURS);
  private static final int FILES_PER_SECOND = 1_000;
  private static final int FILES_PER_SECOND_AFTER_A_CRASH = 20_000;

  private final World world;
  private final BlobFiles files;
  private final Adopted adopted;
  private final Unadopted unadopted;
  private final Consumer<BlobId> discard;
  private final Snapshots snapshots;
  private final Thread thread;
  private Set<BlobId> sealedBefore = Set.of();
  private volatile boolean ending;
  private volatile boolean swept;

  /**
   * @param discard forgets a blob that no batch adopted
   */
  Strays(
      World world,
      BlobFiles files,
      Adopted adopted,
      Unadopted unadopted,
      Consumer<BlobId> discard,
      Snapshots snapshots,
      Breakdown breakdown) {
    this.world = world;
    this.files = files;
    this.adopted = adopted;
    this.unadopted = unadopted;
    this.discard = discard;
    this.snapshots = snapshots;
    thread = breakdown.thread("coffer-strays", this::run);
  }

  /**
   * Begins.
   *
   * @param afterCrash whether there may be files that no batch adopted
   */
  void start(boolean afterCrash) {
    swept = !afterCrash;
    if (world.threads()) {
      thread.start();
    }
  }

  /** Looks at every file now. */
  void settle() {
    cleanSnapshots();
    sweep(null);
  }

  /** Ends the thread; false when there may still be files of before a crash. */
  boolean end() {
    ending = true;
    thread.interrupt();
    if (thread.getState() != Thread.State.NEW) {
      Waiting.forEndOf(thread);
    }
    return swept;
  }

  private void run() {
    cleanSnapshots();
    if (!swept) {
      sweep(new Pace(world.nanoTime(), FILES_PER_SECOND_AFTER_A_CRASH));
    }
    for (int look = 1; !ending; look++) {
      try {
        TimeUnit.HOURS.sleep(LOOK_HOURS);
      } catch (InterruptedException e) {
        return; // the end
      }
      discardForgotten();
      if (look % LOOKS_A_DAY == 0) {
        sweep(new Pace(world.nanoTime(), FILES_PER_SECOND));
      }
    }
  }

  /** Gives up the blobs that are sealed now and were at the last call. */
  void discardForgotten() {
    var sealed = unadopted.sealedAfter(null);
    try {
      for (var blob : sealed) {
        if (sealedBefore.contains(blob)) {
          discard.accept(blob);
          LOG.log(System.Logger.Level.WARNING, "Blob {0} was sealed and never adopted", blob);
        }
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "Blobs that nobody adopted stay for now", e);
    }
    sealedBefore = new HashSet<>(sealed);
  }

  private void cleanSnapshots() {
    try {
      snapshots.clean();
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "What is left of unfinished snapshots stays for now", e);
    }
  }

  /**
   * @param pace null for none
   */
  private void sweep(@Nullable Pace pace) {
    try {
      int deleted = sweep(files.root(), 0, pace);
      swept |= !ending;
      if (deleted > 0) {
        LOG.log(System.Logger.Level.INFO, "Deleted {0} files of unfinished uploads", deleted);
      }
    } catch (IOException | RocksDBException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "Stray files stay for now", e);
    }
  }

  private int sweep(Path directory, int depth, @Nullable Pace pace)
      throws IOException, RocksDBException {
    int deleted = 0;
    if (depth == 2 && !swept) {
      files.mistrust(directory);
    }
    for (var entry : files.list(directory)) {
      if (ending) {
        return deleted;
      }
      if (pace != null) {
        pace.step(() -> ending);
      }
      if (depth < 2) {
        deleted += entry.isDirectory() ? sweep(entry.path(), depth + 1, pace) : 0;
      } else if (isStray(entry.path())) {
        files.delete(BlobId.parse(entry.name()));
        deleted++;
      }
    }
    return deleted;
  }

  private boolean isStray(Path file) throws RocksDBException {
    BlobId blob;
    try {
      blob = BlobId.parse(file.getFileName().toString());
    } catch (IllegalArgumentException e) {
      return false; // not ours to delete
    }
    // In this order: a blob that is adopted meanwhile leaves the first after it is in the second.
    // One that is released is the reaper's.
    return files.path(blob).equals(file) && !unadopted.contains(blob) && !adopted.knows(blob);
  }
}
