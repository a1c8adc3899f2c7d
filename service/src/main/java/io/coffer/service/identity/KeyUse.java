package io.coffer.service.identity;

import io.coffer.auth.Caller;
import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import io.coffer.service.Transactions;
import io.coffer.storage.Bytes;
import io.coffer.storage.StorageException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When the keys of users were used last: kept in rows, {@code t} and the key's id, no oftener than
 * every five minutes and behind the requests. Thread-safe.
 */
public final class KeyUse implements AutoCloseable {
  private static final Duration COARSE = Duration.ofMinutes(5);
  private static final int MOST = 10_000;
  private static final System.Logger LOG = System.getLogger(KeyUse.class.getName());

  private final Entities entities;
  private final Transactions transactions;
  private final InstantSource clock;
  private final long group;
  private final boolean threads;
  private final ConcurrentHashMap<String, Use> latest = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Use> unwritten = new ConcurrentHashMap<>();
  private final ReentrantLock writing = new ReentrantLock();
  private boolean closed;

  /**
   * @param group of the rows of accounts
   * @param threads whether rows are written by threads of their own; without, {@link #settle} does
   */
  public KeyUse(
      Entities entities,
      Transactions transactions,
      InstantSource clock,
      long group,
      boolean threads) {
    this.entities = entities;
    this.transactions = transactions;
    this.clock = clock;
    this.group = group;
    this.threads = threads;
  }

  /**
   * One use of a key.
   *
   * @param service as in signatures: s3, iam, sts
   */
  public record Use(Instant time, String service) {}

  static Bytes path(String accessKeyId) {
    return Bytes.utf8("t" + accessKeyId);
  }

  /**
   * Checks that a row can be decoded.
   *
   * @throws RuntimeException it cannot
   */
  public static Use read(Bytes row) {
    var in = new RowReader(row, 1);
    return new Use(Rows.time(in), in.text());
  }

  /** The last use of a key; empty if it never was. */
  public Optional<Use> last(String accessKeyId) {
    var known = latest.get(accessKeyId);
    return known != null
        ? Optional.of(known)
        : entities.row(path(accessKeyId)).map(row -> read(row.value()));
  }

  /** Somebody has been served. Costs next to nothing. */
  public void note(Caller caller, String service) {
    if (!(caller instanceof Caller.User user)) {
      return;
    }
    var id = user.accessKeyId();
    var now = clock.instant();
    var known = latest.get(id);
    if (known != null && now.isBefore(known.time().plus(COARSE)) && !now.isBefore(known.time())) {
      return;
    }
    if (latest.size() >= MOST) {
      latest.clear();
    }
    var use = new Use(now, service);
    latest.put(id, use);
    unwritten.put(id, use);
    if (threads) {
      Thread.ofVirtual().name("key-use").start(this::settle);
    }
  }

  /** Writes what is not written yet. */
  public void settle() {
    writing.lock();
    try {
      for (var id : unwritten.keySet()) {
        var use = unwritten.remove(id);
        if (use != null && !closed) {
          write(id, use);
        }
      }
    } finally {
      writing.unlock();
    }
  }

  private void write(String id, Use use) {
    try {
      var key = entities.row(AccessKeys.path(id));
      if (key.isPresent()) {
        var out = new RowWriter(1);
        Rows.time(out, use.time());
        var row = out.text(use.service()).finish();
        transactions.commit(transactions.cleaning(group).expect(key.get()).put(path(id), row));
      }
    } catch (StorageException e) {
      // It is known until the server ends, and written after the next use.
      LOG.log(Level.DEBUG, "The use of an access key was not kept", e);
    }
  }

  /** Writes no more. Idempotent. */
  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
    } finally {
      writing.unlock();
    }
  }
}
