package io.coffer.service;

import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.Storage;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The documents of a bucket: configurations that are put, got and deleted whole. Thread-safe. */
public final class Documents {
  /** The tags of a bucket. */
  public static final String TAGGING = "tagging";

  /** Its policy, as it was put. */
  public static final String POLICY = "policy";

  /** What public access it blocks. */
  public static final String PUBLIC_ACCESS_BLOCK = "public-access-block";

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

  /**
   * Puts a document that rules access: the bucket's row is written with it; {@link BucketRules}.
   */
  void putRule(Bucket bucket, String name, Bytes document) {
    changeRule(bucket, batch -> batch.put(Paths.document(name), document));
  }

  /** Deletes a document that rules access; there need not be one. */
  public void deleteRule(Bucket bucket, String name) {
    changeRule(bucket, batch -> batch.delete(Paths.document(name)));
  }

  private void changeRule(Bucket bucket, Consumer<Batch.Builder> change) {
    transactions.run(
        () -> {
          var now = versions.reread(bucket);
          var batch = transactions.batch(now).expect(now.stored()).put(Paths.BUCKET, now.encode());
          change.accept(batch);
          transactions.commit(batch);
          return now;
        });
  }

  /** The policy of a bucket as it was put, empty for none. */
  public Optional<String> policy(Bucket bucket) {
    return get(bucket, POLICY).map(value -> new RowReader(value, 1).text());
  }

  public void putPolicy(Bucket bucket, String policy) {
    putRule(bucket, POLICY, new RowWriter(1).text(policy).finish());
  }

  /** The public access block of a bucket, empty for none. */
  public Optional<PublicAccessBlock> publicAccessBlock(Bucket bucket) {
    return get(bucket, PUBLIC_ACCESS_BLOCK).map(PublicAccessBlock::decode);
  }

  public void putPublicAccessBlock(Bucket bucket, PublicAccessBlock block) {
    putRule(bucket, PUBLIC_ACCESS_BLOCK, block.encode());
  }

  /** The tags of a bucket, empty when none were put. */
  public Optional<Map<String, String>> tags(Bucket bucket) {
    return get(bucket, TAGGING).map(value -> new RowReader(value, 1).map());
  }

  public void putTags(Bucket bucket, Map<String, String> tags) {
    put(bucket, TAGGING, new RowWriter(1).map(tags).finish());
  }
}
