package io.coffer.service;

import io.coffer.auth.Account;
import io.coffer.auth.Credential;
import io.coffer.auth.Credentials;
import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.util.HashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and their access keys, kept in rows. Thread-safe. What was read is remembered: accounts
 * are only ever declared by this process.
 */
public final class Accounts implements Credentials {
  private static final int FORMAT = 1;

  private final Storage storage;
  private final Transactions transactions;
  private final ConcurrentHashMap<String, Account> accounts = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Credential> keys = new ConcurrentHashMap<>();

  Accounts(Storage storage, Transactions transactions) {
    this.storage = storage;
    this.transactions = transactions;
  }

  /**
   * Makes an account known, or changes what is known of it. What is known already is not written
   * again: a server starts on a disk that is full.
   *
   * @param credentials all of its root keys, 16 at most: others that it had are no longer good; a
   *     key that another account had is taken over
   */
  public void declare(Account account, List<Credential> credentials) {
    var rows = new HashMap<Bytes, Bytes>();
    rows.put(
        Paths.account(account.id()),
        new RowWriter(FORMAT)
            .text(account.name())
            .text(account.displayName())
            .text(account.email())
            .text(account.canonicalId())
            .finish());
    for (var credential : credentials) {
      rows.put(
          Paths.accessKey(credential.accessKeyId()),
          new RowWriter(FORMAT).text(account.id()).text(credential.secretAccessKey()).finish());
    }
    rows.entrySet().removeIf(row -> isStored(row.getKey(), row.getValue()));
    var wanted = credentials.stream().map(Credential::accessKeyId).collect(Collectors.toSet());
    var outdated = keysOf(account.id()).filter(id -> !wanted.contains(id)).toList();
    if (!rows.isEmpty() || !outdated.isEmpty()) {
      var batch = transactions.batch(Paths.ACCOUNTS);
      rows.forEach(batch::put);
      outdated.forEach(id -> batch.delete(Paths.accessKey(id)));
      transactions.insist(batch);
    }
    accounts.put(account.id(), account);
    outdated.forEach(keys::remove);
    credentials.forEach(credential -> keys.put(credential.accessKeyId(), credential));
  }

  private boolean isStored(Bytes path, Bytes value) {
    return storage
        .get(new RowKey(Paths.ACCOUNTS, path))
        .filter(row -> row.value().equals(value))
        .isPresent();
  }

  /** The ids of an account's access keys. */
  private Stream<String> keysOf(String account) {
    var all = RowRange.startingWith(Paths.ACCOUNTS, Paths.accessKey(""));
    return Scans.rows(storage, all)
        .filter(row -> new RowReader(row.value(), FORMAT).text().equals(account))
        .map(row -> Paths.accessKeyId(row.key().path()));
  }

  @Override
  public @Nullable Credential find(String accessKeyId) {
    var known = keys.get(accessKeyId);
    if (known != null) {
      return known;
    }
    if (accessKeyId.isEmpty() || accessKeyId.length() > 128) {
      return null;
    }
    var row = storage.get(new RowKey(Paths.ACCOUNTS, Paths.accessKey(accessKeyId)));
    if (row.isEmpty()) {
      return null;
    }
    var in = new RowReader(row.get().value(), FORMAT);
    var account = account(in.text());
    var credential = new Credential(accessKeyId, in.text(), account);
    keys.put(accessKeyId, credential);
    return credential;
  }

  /**
   * The account with an id.
   *
   * @throws NoSuchElementException there is none
   */
  public Account account(String id) {
    return lookup(id).orElseThrow(() -> new NoSuchElementException("no account " + id));
  }

  /** The account with an id, or empty. */
  public Optional<Account> lookup(String id) {
    var known = accounts.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    var read =
        storage.get(new RowKey(Paths.ACCOUNTS, Paths.account(id))).map(row -> decode(id, row));
    read.ifPresent(account -> accounts.put(id, account));
    return read;
  }

  /** All accounts, in the order of their ids; reads them. */
  public Stream<Account> all() {
    var prefix = Paths.account("");
    return Scans.rows(storage, RowRange.startingWith(Paths.ACCOUNTS, prefix))
        .map(row -> decode(Paths.accountId(row.key().path()), row));
  }

  /** The account with a canonical id, or empty; reads all accounts. */
  public Optional<Account> lookupCanonicalId(String canonicalId) {
    return all().filter(account -> account.canonicalId().equals(canonicalId)).findFirst();
  }

  /**
   * Checks that all rows of accounts and keys can be decoded, and that keys have an account.
   *
   * @param wrong gets each row of which that is not so
   */
  static void check(Storage storage, BiConsumer<Row, String> wrong) {
    Scans.rows(storage, new RowRange(Paths.ACCOUNTS, Bytes.empty(), null))
        .forEach(
            row -> {
              try {
                if (row.key().path().at(0) == 'a') {
                  decode("", row);
                } else if (row.key().path().at(0) == 'b') {
                  PublicAccessBlock.decode(row.value());
                } else {
                  var account = new RowReader(row.value(), FORMAT).text();
                  if (storage.get(new RowKey(Paths.ACCOUNTS, Paths.account(account))).isEmpty()) {
                    wrong.accept(row, "an access key belongs to no account");
                  }
                }
              } catch (StorageException e) {
                throw e;
              } catch (RuntimeException e) {
                wrong.accept(row, "the row of an account or its key cannot be decoded");
              }
            });
  }

  private static Account decode(String id, Row row) {
    var in = new RowReader(row.value(), FORMAT);
    return new Account(id, in.text(), in.text(), in.text(), in.text());
  }
}
