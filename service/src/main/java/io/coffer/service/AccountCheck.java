package io.coffer.service;

import io.coffer.service.identity.AccessKey;
import io.coffer.service.identity.AccessKeys;
import io.coffer.service.identity.KeyUse;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Sealing;
import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Checks the rows of accounts and of all that belongs to them. One thread. */
final class AccountCheck {
  private final Storage storage;
  private final BiConsumer<Row, String> wrong;

  private AccountCheck(Storage storage, BiConsumer<Row, String> wrong) {
    this.storage = storage;
    this.wrong = wrong;
  }

  /**
   * Checks that all can be decoded, and belongs to something that is there.
   *
   * @param wrong gets each row of which that is not so
   */
  static void check(Storage storage, BiConsumer<Row, String> wrong) {
    var check = new AccountCheck(storage, wrong);
    Scans.rows(storage, new RowRange(Paths.ACCOUNTS, Bytes.empty(), null)).forEach(check::row);
  }

  private void row(Row row) {
    try {
      decode(row);
    } catch (StorageException e) {
      throw e;
    } catch (RuntimeException e) {
      wrong.accept(row, "the row of an account or of what it has cannot be decoded");
    }
  }

  private void decode(Row row) {
    var path = row.key().path();
    switch (path.at(0)) {
      case 'a' -> account(row);
      case 'k' -> accessKey(row);
      case 't' -> KeyUse.read(row.value());
      case 'b' -> PublicAccessBlock.decode(row.value());
      case 'e' -> Sealing.check(row.value());
      case 'n' -> owner(row, new RowReader(row.value(), 1).text(), "an alias");
      case 'i' -> groupId(row);
      case 'u' -> entity(row, Kind.USER);
      case 'g' -> entity(row, Kind.GROUP);
      case 'r' -> entity(row, Kind.ROLE);
      case 'p' -> entity(row, Kind.POLICY);
      case 'o' -> entity(row, Kind.OIDC_PROVIDER);
      default -> throw new IllegalStateException("no family of rows is called so");
    }
  }

  private void account(Row row) {
    var decoded = AccountRow.decode(Paths.accountId(row.key().path()), row.value());
    var keys = decoded.rootKeys();
    if (keys != null && keys.stream().anyMatch(id -> isAbsent(AccessKeys.path(id)))) {
      wrong.accept(row, "an access key of an account's root is not there");
    }
  }

  private void accessKey(Row row) {
    var key = AccessKey.of(AccessKeys.id(row), row.value());
    owner(row, key.account(), "an access key");
    var holder = key.holder();
    if (holder != null && isAbsent(Kind.USER.path(key.account(), holder.name()))) {
      wrong.accept(row, "an access key belongs to no user");
    }
  }

  private void entity(Row row, Kind<?> kind) {
    var account = account(row.key().path());
    owner(row, account, "a user, group, role, policy or provider");
    var entity = kind.decode(account, row.value());
    if (!kind.path(account, entity.name()).equals(row.key().path())) {
      wrong.accept(row, "a user, group, role, policy or provider has the name of another");
    }
  }

  private void groupId(Row row) {
    var name = new RowReader(row.value(), 1).text();
    if (isAbsent(Kind.GROUP.path(account(row.key().path()), name))) {
      wrong.accept(row, "the id of a group belongs to no group");
    }
  }

  private void owner(Row row, String account, String what) {
    if (isAbsent(Paths.account(account))) {
      wrong.accept(row, what + " belongs to no account");
    }
  }

  private boolean isAbsent(Bytes path) {
    return storage.get(new RowKey(Paths.ACCOUNTS, path)).isEmpty();
  }

  /** The account's id in a path: what stands before the zero byte. */
  private static String account(Bytes path) {
    var text = new String(Paths.rawKey(path), StandardCharsets.UTF_8);
    return text.substring(0, text.indexOf('\0'));
  }
}
