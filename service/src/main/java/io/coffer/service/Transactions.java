package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.storage.Batch;
import io.coffer.storage.Durability;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Optimistic writing: read, decide, commit with what was read as expectation, and again when
 * somebody else was faster. Thread-safe.
 */
public final class Transactions {
  private static final int RESENDS = 5;
  private static final long FIRST_PAUSE_MICROS = 200;
  private static final long LONGEST_PAUSE_MICROS = 50_000;

  private final Storage storage;
  private final Environment environment;
  private final Duration patience;
  private final Durabilities durabilities;

  Transactions(
      Storage storage, Environment environment, Duration patience, Durabilities durabilities) {
    this.storage = storage;
    this.environment = environment;
    this.patience = patience;
    this.durabilities = durabilities;
  }

  /**
   * Runs an attempt until its commit is not refused.
   *
   * @param attempt reads, decides and commits; run anew each time
   * @throws io.coffer.model.S3Exception what the attempt throws; OperationAborted when others are
   *     faster for too long
   */
  public <T> T run(Supplier<T> attempt) {
    long deadline = System.nanoTime() + patience.toNanos();
    long pause = FIRST_PAUSE_MICROS;
    while (true) {
      try {
        return attempt.get();
      } catch (StorageException.Refused refused) {
        if (System.nanoTime() > deadline) {
          throw S3Error.OPERATION_ABORTED.exception();
        }
      }
      if (!sleep(environment.random().nextLong(pause))) {
        throw S3Error.SERVICE_UNAVAILABLE.exception();
      }
      pause = Math.min(pause * 2, LONGEST_PAUSE_MICROS);
    }
  }

  /** Starts a batch in a group, of the server's durability. */
  public Batch.Builder batch(long group) {
    return Batch.in(group, environment.batchId()).durability(durabilities.byDefault());
  }

  /**
   * Starts a batch that removes what nobody needs. When the machine fails before it is durable, the
   * next start finds and removes it again; and no bytes go before all that was written since is
   * durable, whatever its durability.
   */
  public Batch.Builder cleaning(long group) {
    return Batch.in(group, environment.batchId()).durability(Durability.RELAXED);
  }

  /** Starts a batch in the group of a bucket, of its durability. */
  Batch.Builder batch(Bucket bucket) {
    return Batch.in(bucket.id(), environment.batchId()).durability(durabilities.of(bucket));
  }

  /**
   * Commits; sends again what was answered with silence.
   *
   * @throws StorageException.Refused to be tried again by {@link #run}
   */
  public void commit(Batch.Builder builder) {
    var batch = builder.build();
    for (int tries = 1; ; tries++) {
      try {
        storage.commit(batch);
        return;
      } catch (StorageException.OutcomeUnknown unknown) {
        if (tries > RESENDS) {
          throw unknown;
        }
        if (!sleep(environment.random().nextLong(FIRST_PAUSE_MICROS << tries))) {
          throw unknown;
        }
      }
    }
  }

  /** Commits a batch that expects nothing, so that it can only be refused spuriously. */
  public void insist(Batch.Builder builder) {
    run(
        () -> {
          commit(builder);
          return true;
        });
  }

  /** False when the thread is told to end. */
  private static boolean sleep(long micros) {
    try {
      Thread.sleep(Duration.ofNanos(micros * 1_000));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
