package io.coffer.service;

import io.coffer.model.S3Exception;
import io.coffer.storage.BlobId;
import io.coffer.storage.Limits;
import io.coffer.storage.Order;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Removes in the background what is too large for one batch: the parts of aborted uploads and of
 * deleted objects, and all that is left of deleted buckets. What is to be removed is written down
 * in the batch that makes it superfluous, so a crash loses nothing of it.
 */
final class Collector implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Collector.class.getName());

  /** A reader that has just looked up a version opens its first part within this time. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** After a failure; twice as long after each further one in a row. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private static final int ROWS_AT_ONCE = Math.min(Limits.BATCH_ROWS, Limits.BATCH_BLOBS) - 8;

  private final Storage storage;
  private final Transactions transactions;
  private final Leases leases;
  private final boolean threads;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final List<Runnable> postponed = new ArrayList<>();
  private final Thread worker;
  private final LongAdder removedRows = new LongAdder();
  private final LongAdder releasedBlobs = new LongAdder();
  private volatile boolean closed;

  /**
   * @param threads whether it has a thread; else it works when it is told to settle
   */
  Collector(Storage storage, Transactions transactions, Leases leases, boolean threads) {
    this.storage = storage;
    this.transactions = transactions;
    this.leases = leases;
    this.threads = threads;
    worker = Thread.ofVirtual().name("collector").unstarted(this::work);
  }

  /** Begins, with what an earlier run left undone. */
  void start() {
    tasks.add(this::resume);
    if (threads) {
      worker.start();
    }
  }

  /**
   * Without a thread: does all that waits, and what comes of it; what somebody reads stays, and
   * what the storage does not let it do now.
   */
  void settle() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      if (!attempt(task)) {
        postponed.add(task);
      }
    }
    tasks.addAll(postponed);
    postponed.clear();
  }

  /** The parts that a trash row of this upload names are to be removed. */
  void removeParts(long bucket, BlobId upload) {
    long due = System.nanoTime() + GRACE.toNanos();
    tasks.add(() -> removePartsWhenDue(bucket, upload, due));
  }

  /** A bucket was deleted. */
  void purge(long bucket) {
    tasks.add(() -> purgeBucket(bucket));
  }

  /** What is still to be removed: uploads and buckets. */
  int backlog() {
    return tasks.size();
  }

  /** Rows removed since the start. */
  long removedRows() {
    return removedRows.sum();
  }

  /** Blobs released since the start. */
  long releasedBlobs() {
    return releasedBlobs.sum();
  }

  @Override
  public void close() {
    closed = true;
    if (!threads) {
      return;
    }
    worker.interrupt();
    try {
      worker.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    var pause = FIRST_PAUSE;
    while (!closed) {
      try {
        var task = tasks.take();
        if (attempt(task)) {
          pause = FIRST_PAUSE;
        } else {
          tasks.add(task);
          Thread.sleep(pause);
          pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Runs a task; false when it is to be run again, since a full disk or a failure may pass. */
  private boolean attempt(Runnable task) {
    try {
      task.run();
    } catch (StorageException | S3Exception e) {
      if (!closed) {
        LOG.log(Level.WARNING, "collecting failed, and is tried again: " + e.getMessage());
      }
      return false;
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.log(Level.WARNING, "collecting failed; it is tried again at the next start", e);
      }
    }
    return true;
  }

  private void resume() {
    for (char kind : new char[] {'r', 'n'}) {
      var rows =
          Scans.rows(
              storage, RowRange.startingWith(Paths.REGISTRY, Paths.family(kind, new byte[0])));
      rows.forEach(row -> resume(kind, row));
    }
  }

  /** What cannot be read of one bucket keeps none of the others. */
  private void resume(char kind, Row row) {
    Runnable task = kind == 'r' ? () -> resumePurge(row) : () -> resumeTrash(row);
    if (!attempt(task)) {
      tasks.add(task);
    }
  }

  private void resumePurge(Row remains) {
    purge(Paths.remainsOf(remains.key().path()));
  }

  private void resumeTrash(Row registered) {
    long bucket = new RowReader(registered.value(), 1).number();
    Scans.rows(storage, RowRange.startingWith(bucket, Paths.family('t', new byte[0])))
        .forEach(row -> removeParts(bucket, Paths.uploadOf(row.key().path())));
  }

  private void removePartsWhenDue(long bucket, BlobId upload, long due) {
    long wait = due - System.nanoTime();
    if (wait > 0) {
      pause(Duration.ofNanos(wait));
    }
    if (leases.isLeased(upload) && !threads) {
      postponed.add(() -> removePartsWhenDue(bucket, upload, due));
      return;
    }
    if (leases.isLeased(upload)) {
      pause(Duration.ofMillis(50));
      tasks.add(() -> removePartsWhenDue(bucket, upload, due));
      return;
    }
    storage
        .get(new RowKey(bucket, Paths.trash(upload)))
        .ifPresent(row -> removeTrash(bucket, upload, row));
  }

  private void removeTrash(long bucket, BlobId upload, Row row) {
    var numbers = Trash.decode(row).numbers();
    if (numbers.isEmpty()) {
      removeAll(bucket, RowRange.startingWith(bucket, Paths.partsOf(upload)));
    } else {
      for (int from = 0; from < numbers.size(); from += ROWS_AT_ONCE) {
        var some = numbers.subList(from, Math.min(numbers.size(), from + ROWS_AT_ONCE));
        var rows =
            some.stream()
                .flatMap(n -> storage.get(new RowKey(bucket, Paths.part(upload, n))).stream())
                .toList();
        removeRows(bucket, rows);
      }
    }
    try {
      transactions.commit(transactions.cleaning(bucket).expect(row).delete(row.key().path()));
    } catch (StorageException.Refused changed) {
      removeParts(bucket, upload);
    }
  }

  private void purgeBucket(long bucket) {
    pause(GRACE);
    removeAll(bucket, new RowRange(bucket, Paths.BUCKET.next(), null));
    transactions.insist(transactions.cleaning(bucket).delete(Paths.BUCKET));
    transactions.insist(transactions.cleaning(Paths.REGISTRY).delete(Paths.remains(bucket)));
  }

  private void removeAll(long bucket, RowRange range) {
    var rest = range;
    while (true) {
      var page = storage.scan(rest, Order.ASCENDING, ROWS_AT_ONCE);
      removeRows(bucket, page.rows());
      if (!page.more()) {
        return;
      }
      rest = rest.after(page.rows().getLast().key());
    }
  }

  private void removeRows(long bucket, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var batch = transactions.cleaning(bucket);
    int blobs = 0;
    for (var row : rows) {
      batch.delete(row.key().path());
      if (row.key().path().at(0) == 'p'
          && Part.decode(row).content() instanceof Content.Single single) {
        batch.release(single.blob());
        blobs++;
      }
    }
    transactions.insist(batch);
    removedRows.add(rows.size());
    releasedBlobs.add(blobs);
  }

  private void pause(Duration time) {
    if (!threads) {
      return;
    }
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("closing", e);
    }
  }
}
