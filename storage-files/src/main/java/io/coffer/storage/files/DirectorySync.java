package io.coffer.storage.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes the entries of directories durable. Whoever comes while a directory is being synced waits
 * for the next round and shares it with all who came meanwhile: a sync that began before an entry
 * was made says nothing of it. Thread-safe.
 */
final class DirectorySync {
  /** How one directory is synced. */
  @FunctionalInterface
  interface Sync {
    void run(Path directory) throws IOException;
  }

  private static final class Round {
    final CountDownLatch ended = new CountDownLatch(1);

    /** Only once the sync has returned: however else it ends is no success. */
    boolean done;

    @Nullable Throwable failure;
  }

  private static final class Rounds {
    @Nullable Round running;
    @Nullable Round gathering;
  }

  private final Sync sync;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Path, Rounds> byDirectory = new HashMap<>();

  DirectorySync(Sync sync) {
    this.sync = sync;
  }

  /**
   * Returns when all entries that the directory had at the call are durable.
   *
   * @throws IOException they may not be; trying again would not tell
   */
  void sync(Path directory) throws IOException {
    var mine = new Round();
    Round before;
    Round joined;
    lock.lock();
    try {
      var rounds = byDirectory.computeIfAbsent(directory, d -> new Rounds());
      joined = rounds.gathering;
      before = rounds.running;
      if (joined == null && before == null) {
        rounds.running = mine;
      } else if (joined == null) {
        rounds.gathering = mine;
      }
    } finally {
      lock.unlock();
    }
    if (joined != null) {
      Waiting.forLatch(joined.ended);
      throwFailure(joined);
      return;
    }
    if (before != null) {
      Waiting.forLatch(before.ended);
      close(directory, mine);
    }
    run(directory, mine);
    throwFailure(mine);
  }

  /** Nobody joins this round any more. */
  private void close(Path directory, Round mine) {
    lock.lock();
    try {
      var rounds = byDirectory.computeIfAbsent(directory, d -> new Rounds());
      rounds.running = mine;
      rounds.gathering = null;
    } finally {
      lock.unlock();
    }
  }

  private void run(Path directory, Round mine) {
    try {
      sync.run(directory);
      mine.done = true;
    } catch (IOException | RuntimeException | Error e) {
      mine.failure = e;
    } finally {
      lock.lock();
      try {
        var rounds = byDirectory.get(directory);
        if (rounds != null && rounds.gathering == null) {
          byDirectory.remove(directory);
        } else if (rounds != null) {
          rounds.running = null;
        }
      } finally {
        lock.unlock();
      }
      mine.ended.countDown();
    }
  }

  private static void throwFailure(Round round) throws IOException {
    if (!round.done) {
      var cause = round.failure;
      throw new IOException(cause == null ? "cut short" : cause.getMessage(), cause);
    }
  }
}
