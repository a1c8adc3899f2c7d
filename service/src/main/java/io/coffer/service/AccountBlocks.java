package io.coffer.service;

import io.coffer.storage.RowKey;
import io.coffer.storage.Storage;
import java.util.Optional;

/**
 * What public access accounts block in all their buckets. Thread-safe. Source: S3 User Guide,
 * "Configuring block public access settings for your account".
 */
public final class AccountBlocks {
  private final Storage storage;
  private final Transactions transactions;

  AccountBlocks(Storage storage, Transactions transactions) {
    this.storage = storage;
    this.transactions = transactions;
  }

  /** Of an account; empty when none was put. */
  public Optional<PublicAccessBlock> find(String account) {
    return storage
        .get(new RowKey(Paths.ACCOUNTS, Paths.accountBlock(account)))
        .map(row -> PublicAccessBlock.decode(row.value()));
  }

  public void put(String account, PublicAccessBlock block) {
    transactions.insist(
        transactions.batch(Paths.ACCOUNTS).put(Paths.accountBlock(account), block.encode()));
  }

  /** Deletes that of an account; there need not be one. */
  public void delete(String account) {
    transactions.insist(transactions.batch(Paths.ACCOUNTS).delete(Paths.accountBlock(account)));
  }
}
