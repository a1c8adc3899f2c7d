package io.coffer.service;

import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.Storage;
import java.util.Map;
import java.util.Optional;

/** The documents of a bucket: configurations that are put, got and deleted whole. Thread-safe. */
public final class Documents {
  /** The tags of a bucket. */
  public static final String TAGGING = "tagging";

  private final Storage storage;
  private final Transactions transactions;
  private final Versions versions;

  Documents(Storage storage, Transactions transactions, Versions versions) {
    this.storage = storage;
    this.transactions = transactions;
    this.versions = versions;
  }

  Optional<Bytes> get(Bucket bucket, String name) {
    return storage.get(new RowKey(bucket.id(), Paths.document(name))).map(Row::value);
  }

  void put(Bucket bucket, String name, Bytes document) {
    transactions.run(
        () -> {
          var now = versions.reread(bucket);
          transactions.commit(
              transactions.batch(now).expect(now.stored()).put(Paths.document(name), document));
          return now;
        });
  }

  /** Deletes a document; there need not be one. */
  public void delete(Bucket bucket, String name) {
    transactions.insist(transactions.batch(bucket).delete(Paths.document(name)));
  }

  /** The tags of a bucket, empty when none were put. */
  public Optional<Map<String, String>> tags(Bucket bucket) {
    return get(bucket, TAGGING).map(value -> new RowReader(value, 1).map());
  }

  public void putTags(Bucket bucket, Map<String, String> tags) {
    put(bucket, TAGGING, new RowWriter(1).map(tags).finish());
  }
}
