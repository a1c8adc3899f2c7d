package io.coffer.service;

import io.coffer.auth.Account;
import io.coffer.model.S3Error;
import io.coffer.service.acl.Acl;
import io.coffer.storage.Order;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The registry of names, and the buckets behind them.
 *
 * <p>A name leads to an id, and the row of the bucket lies in the bucket's own group, so that every
 * write in a bucket can expect it. Creating writes that row first and then claims the name.
 * Deleting marks the row as closing (from then on every write that relied on it is refused), looks
 * whether the bucket is empty, marks it as deleted, gives the name back, and leaves the rest to the
 * collector. A closing mark that outlives a crash is taken back by whoever finds it; a deleted mark
 * is for ever, and whoever finds it ends the deletion.
 */
public final class Buckets {
  /** After this a closing mark is what a crash left behind. */
  private static final Duration CLOSING_TIME = Duration.ofSeconds(30);

  private final Storage storage;
  private final Transactions transactions;
  private final Environment environment;
  private final Collector collector;
  private final ConcurrentHashMap<String, Long> ids = new ConcurrentHashMap<>();

  Buckets(
      Storage storage, Transactions transactions, Environment environment, Collector collector) {
    this.storage = storage;
    this.transactions = transactions;
    this.environment = environment;
    this.collector = collector;
  }

  /**
   * The bucket with a name, as it is now.
   *
   * @throws io.coffer.model.S3Exception NoSuchBucket
   */
  public Bucket find(String name) {
    return lookup(name).orElseThrow(() -> noSuchBucket(name));
  }

  /**
   * The same, for a write.
   *
   * @throws StorageException.Refused it is just being deleted: to be tried again
   */
  Bucket findOpen(String name) {
    var bucket = find(name);
    if (bucket.state() != Bucket.State.OPEN) {
      throw new StorageException.Refused("bucket " + name + " is being deleted");
    }
    return bucket;
  }

  /** The bucket with a name, or empty. */
  public Optional<Bucket> lookup(String name) {
    if (name.length() > BucketName.MAX_LENGTH) {
      return Optional.empty();
    }
    var cached = ids.get(name);
    if (cached != null) {
      var open = read(cached).filter(bucket -> bucket.state() == Bucket.State.OPEN);
      if (open.isPresent()) {
        return open;
      }
      ids.remove(name, cached);
    }
    return transactions.run(() -> registered(name));
  }

  /** What the registry says; deletions that did not come to their end are ended or taken back. */
  private Optional<Bucket> registered(String name) {
    var entry = storage.get(new RowKey(Paths.REGISTRY, Paths.bucketName(name)));
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    var found = read(registeredId(entry.get()));
    if (found.isEmpty()) {
      return found;
    }
    var bucket = found.get();
    return switch (bucket.state()) {
      case OPEN -> {
        ids.put(name, bucket.id());
        yield found;
      }
      case CLOSING ->
          isLeftBehind(bucket) ? Optional.of(write(bucket.withState(Bucket.State.OPEN))) : found;
      case DELETED -> {
        giveNameBack(bucket, entry.get());
        yield Optional.empty();
      }
    };
  }

  private boolean isLeftBehind(Bucket closing) {
    var end = closing.stateSince().plus(CLOSING_TIME);
    return environment.clock().instant().isAfter(end);
  }

  private Optional<Bucket> read(long id) {
    return storage.get(new RowKey(id, Paths.BUCKET)).map(Bucket::decode);
  }

  /**
   * Creates a bucket.
   *
   * @param has what the bucket has from the beginning
   * @param acl null for the private one
   * @return the bucket, and whether it is new; not new when the name is taken, by whomever
   */
  public Created create(
      BucketName name, Account owner, String region, NewBuckets has, @Nullable Acl acl) {
    return transactions.run(() -> createOnce(name, owner, region, has, acl));
  }

  private Created createOnce(
      BucketName name, Account owner, String region, NewBuckets has, @Nullable Acl acl) {
    var taken = lookup(name.text());
    if (taken.isPresent()) {
      return new Created(taken.get(), false);
    }
    long id = environment.random().nextLong(Paths.FIRST_BUCKET, Long.MAX_VALUE);
    var now = Instant.ofEpochMilli(environment.clock().millis());
    var bucket =
        new Bucket(
            id,
            name.text(),
            owner.id(),
            region,
            now,
            Versioning.NEVER,
            has.ownership(),
            acl,
            Bucket.State.OPEN,
            now,
            null);
    var batch =
        transactions.batch(bucket).expectAbsent(Paths.BUCKET).put(Paths.BUCKET, bucket.encode());
    var document = Paths.document(Documents.PUBLIC_ACCESS_BLOCK);
    if (!has.block().equals(PublicAccessBlock.NOTHING)) {
      batch.put(document, has.block().encode());
    }
    transactions.commit(batch);
    try {
      var entry = new RowWriter(1).number(id).finish();
      transactions.commit(
          transactions
              .batch(Paths.REGISTRY)
              .expectAbsent(Paths.bucketName(name.text()))
              .put(Paths.bucketName(name.text()), entry)
              .put(Paths.owned(owner.id(), name.text()), entry));
    } catch (StorageException.Refused refused) {
      transactions.insist(transactions.batch(bucket).delete(Paths.BUCKET).delete(document));
      throw refused;
    }
    return new Created(find(name.text()), true);
  }

  /** What {@link #create} found or made. */
  public record Created(Bucket bucket, boolean isNew) {}

  /**
   * Changes the bucket's own row.
   *
   * @throws io.coffer.model.S3Exception NoSuchBucket: it was deleted, though its name may be taken
   */
  public Bucket update(Bucket bucket, UnaryOperator<Bucket> change) {
    return transactions.run(() -> write(change.apply(reread(bucket))));
  }

  /**
   * The same bucket as it is now, for a write: it may have been deleted, and its name taken anew.
   *
   * @throws StorageException.Refused it is just being deleted: to be tried again
   */
  Bucket reread(Bucket bucket) {
    var now = findOpen(bucket.name());
    if (now.id() != bucket.id()) {
      throw noSuchBucket(bucket.name());
    }
    return now;
  }

  private Bucket write(Bucket bucket) {
    var stamped = bucket.at(Instant.ofEpochMilli(environment.clock().millis()));
    transactions.commit(
        transactions.batch(bucket).expect(bucket.stored()).put(Paths.BUCKET, stamped.encode()));
    return read(bucket.id()).orElseThrow(() -> noSuchBucket(bucket.name()));
  }

  /**
   * Deletes a bucket.
   *
   * @throws io.coffer.model.S3Exception BucketNotEmpty, NoSuchBucket
   */
  public void delete(Bucket bucket) {
    if (!isEmpty(bucket.id())) {
      throw notEmpty(bucket);
    }
    transactions.run(() -> deleteOnce(bucket));
    ids.remove(bucket.name(), bucket.id());
  }

  /** Each step relies on the very row that the step before wrote. */
  private boolean deleteOnce(Bucket bucket) {
    var closing = write(reread(bucket).withState(Bucket.State.CLOSING));
    if (closing.state() != Bucket.State.CLOSING) {
      throw new StorageException.Refused("somebody took the mark back");
    }
    if (!isEmpty(closing.id())) {
      write(closing.withState(Bucket.State.OPEN));
      throw notEmpty(bucket);
    }
    var deleted = write(closing.withState(Bucket.State.DELETED));
    storage
        .get(new RowKey(Paths.REGISTRY, Paths.bucketName(bucket.name())))
        .filter(entry -> registeredId(entry) == deleted.id())
        .ifPresent(entry -> giveNameBack(deleted, entry));
    return true;
  }

  /** The end of a deletion, by whoever comes first. */
  private void giveNameBack(Bucket deleted, Row entry) {
    try {
      transactions.commit(
          transactions
              .batch(Paths.REGISTRY)
              .expect(entry)
              .delete(Paths.bucketName(deleted.name()))
              .delete(Paths.owned(deleted.owner(), deleted.name()))
              .put(Paths.remains(deleted.id()), new RowWriter(1).finish()));
      collector.purge(deleted.id());
    } catch (StorageException.Refused refused) {
      var now = storage.get(entry.key());
      if (now.isPresent() && now.get().revision().equals(entry.revision())) {
        giveNameBack(deleted, entry);
      }
    }
  }

  /** Whether there is no version and no delete marker; uploads in progress do not count. */
  private boolean isEmpty(long id) {
    for (char family : new char[] {'c', 'm', 'o'}) {
      var range = RowRange.startingWith(id, Paths.family(family, new byte[0]));
      if (!storage.scan(range, Order.ASCENDING, 1).rows().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The registry's rows of the buckets of an account in the order of their names. */
  public Stream<Bucket> ownedBy(String account, String prefix, @Nullable String after) {
    var start = RowRange.startingWith(Paths.REGISTRY, Paths.owned(account, prefix));
    var range = start;
    if (after != null && after.compareTo(prefix) >= 0) {
      range = start.after(new RowKey(Paths.REGISTRY, Paths.owned(account, after)));
    }
    return Scans.rows(storage, range)
        .map(row -> storage.get(new RowKey(registeredId(row), Paths.BUCKET)))
        .flatMap(Optional::stream)
        .map(Bucket::decode)
        .filter(bucket -> bucket.state() != Bucket.State.DELETED);
  }

  private static long registeredId(Row row) {
    return new RowReader(row.value(), 1).number();
  }

  private static RuntimeException notEmpty(Bucket bucket) {
    return S3Error.BUCKET_NOT_EMPTY.exception().with("BucketName", bucket.name());
  }

  private static RuntimeException noSuchBucket(String name) {
    return S3Error.NO_SUCH_BUCKET.exception().with("BucketName", name);
  }
}
