package io.coffer.service;

import io.coffer.auth.Account;
import io.coffer.storage.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account with what is kept beside it. Immutable.
 *
 * @param created when it was made; 1970 for those of earlier versions
 * @param rootKeys ids of the access keys of its root; null in rows of format 1, which do not say
 * @param alias a name for people that no other account has; null for none
 */
public record AccountRow(
    Account account, Instant created, @Nullable List<String> rootKeys, @Nullable String alias) {
  private static final int FORMAT = 2;

  public AccountRow {
    rootKeys = rootKeys == null ? null : List.copyOf(rootKeys);
  }

  AccountRow of(Account wanted) {
    return new AccountRow(wanted, created, rootKeys, alias);
  }

  public AccountRow withRootKeys(List<String> wanted) {
    return new AccountRow(account, created, wanted, alias);
  }

  public AccountRow withAlias(@Nullable String wanted) {
    return new AccountRow(account, created, rootKeys, wanted);
  }

  /** With its root keys known. */
  Bytes encode() {
    if (rootKeys == null) {
      throw new IllegalStateException("the root keys of " + account.id() + " were not looked for");
    }
    var out =
        new RowWriter(FORMAT)
            .text(account.name())
            .text(account.displayName())
            .text(account.email())
            .text(account.canonicalId())
            .number(created.toEpochMilli())
            .textOrNull(alias)
            .number(rootKeys.size());
    rootKeys.forEach(out::text);
    return out.finish();
  }

  static AccountRow decode(String id, Bytes row) {
    var in = new RowReader(row, FORMAT);
    var account = new Account(id, in.text(), in.text(), in.text(), in.text());
    if (in.format() == 1) {
      return new AccountRow(account, Instant.EPOCH, null, null);
    }
    var created = Instant.ofEpochMilli(in.number());
    var alias = in.textOrNull();
    var keys = new ArrayList<String>();
    for (long left = in.number(); left > 0; left--) {
      keys.add(in.text());
    }
    return new AccountRow(account, created, keys, alias);
  }
}
