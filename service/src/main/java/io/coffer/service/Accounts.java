package io.coffer.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.Credential;
import io.coffer.auth.Credentials;
import io.coffer.service.identity.AccessKey;
import io.coffer.service.identity.AccessKeys;
import io.coffer.service.identity.Edit;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Remembered;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Accounts, and for whom access keys speak. Thread-safe. What was read is remembered until the next
 * change of any account, user or key.
 */
public final class Accounts implements Credentials {
  private final Storage storage;
  private final Entities entities;
  private final AccessKeys accessKeys;
  private final InstantSource clock;
  private final Remembered<Account> accounts;
  private final Remembered<Credential> credentials;

  Accounts(Storage storage, Entities entities, AccessKeys accessKeys, InstantSource clock) {
    this.storage = storage;
    this.entities = entities;
    this.accessKeys = accessKeys;
    this.clock = clock;
    this.accounts = new Remembered<>(entities);
    this.credentials = new Remembered<>(entities);
  }

  /** An account as it was read, and the row that a change of it expects. */
  public record Stored(AccountRow value, Row row) {
    /** Ids of the access keys of its root. */
    public List<String> rootKeys() {
      return value.rootKeys() == null ? List.of() : value.rootKeys();
    }
  }

  /**
   * Makes an account known, or changes what is known of it. What is known already is not written
   * again: a server starts on a disk that is full.
   *
   * @param keys all root keys that are declared so, 16 at most: others that were are no longer
   *     good; a key that somebody else had is taken over
   */
  public void declare(Account account, List<Credential> keys) {
    for (var key : keys) {
      takeFromOthers(key.accessKeyId(), account.id());
    }
    entities.edit(
        edit -> {
          var stored = stored(account.id());
          var ids = keys.stream().map(Credential::accessKeyId).collect(Collectors.toSet());
          var rootKeys = new ArrayList<String>();
          for (var id : stored.map(Stored::rootKeys).orElse(List.of())) {
            var found = accessKeys.find(id);
            if (found.isPresent() && found.get().key().declared() && !ids.contains(id)) {
              accessKeys.delete(edit, found.get());
            } else if (found.isPresent() && !ids.contains(id)) {
              rootKeys.add(id);
            }
          }
          for (var key : keys) {
            declare(edit, account.id(), key);
            rootKeys.add(key.accessKeyId());
          }
          write(edit, stored, account, rootKeys);
          return account;
        });
  }

  private void declare(Edit edit, String account, Credential wanted) {
    var found = accessKeys.find(wanted.accessKeyId());
    if (found.isPresent() && isDeclaredSo(found.get().key(), wanted)) {
      return;
    }
    var key =
        accessKeys.make(wanted.accessKeyId(), wanted.secretAccessKey(), account, null, true, now());
    if (found.isPresent()) {
      accessKeys.replace(edit, found.get(), key);
    } else {
      accessKeys.create(edit, key);
    }
  }

  private boolean isDeclaredSo(AccessKey key, Credential wanted) {
    return key.declared()
        && key.active()
        && isSame(accessKeys.secret(key), wanted.secretAccessKey());
  }

  private static boolean isSame(String secret, String other) {
    return MessageDigest.isEqual(secret.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  private void write(Edit edit, Optional<Stored> stored, Account account, List<String> rootKeys) {
    if (stored.isEmpty()) {
      var row = new AccountRow(account, now(), rootKeys, null);
      edit.create(Paths.account(account.id()), row.encode());
      return;
    }
    var row = stored.get().value().of(account).withRootKeys(rootKeys);
    if (!row.encode().equals(stored.get().row().value())) {
      edit.replace(stored.get().row(), row.encode());
    }
  }

  /** Removes a key that is not one of the root of an account. */
  private void takeFromOthers(String id, String account) {
    entities.edit(
        edit -> {
          var found = accessKeys.find(id);
          if (found.isEmpty()) {
            return id;
          }
          var key = found.get().key();
          if (key.holder() == null && key.account().equals(account)) {
            return id;
          }
          accessKeys.delete(edit, found.get());
          var holder = key.holder();
          if (holder == null) {
            stored(key.account())
                .ifPresent(other -> withRootKeys(edit, other, without(other.rootKeys(), id)));
          } else {
            entities
                .find(Kind.USER, key.account(), holder.name())
                .filter(user -> key.isOf(user.value()))
                .ifPresent(
                    user -> {
                      var rest = without(user.value().accessKeys(), id);
                      edit.replace(Kind.USER, user, user.value().withAccessKeys(rest));
                    });
          }
          return id;
        });
  }

  private static List<String> without(List<String> ids, String id) {
    return ids.stream().filter(other -> !other.equals(id)).toList();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public @Nullable Credential find(String accessKeyId) {
    return credentials.get(accessKeyId, this::read).orElse(null);
  }

  private Optional<Credential> read(String accessKeyId) {
    var found = accessKeys.find(accessKeyId).map(AccessKeys.Stored::key);
    if (found.isEmpty() || !found.get().active()) {
      return Optional.empty();
    }
    var key = found.get();
    return lookup(key.account())
        .flatMap(account -> caller(key, account))
        .map(caller -> new Credential(accessKeyId, accessKeys.secret(key), caller));
  }

  private Optional<Caller.Known> caller(AccessKey key, Account account) {
    var holder = key.holder();
    if (holder == null) {
      return Optional.of(new Caller.Root(account, key.id()));
    }
    return entities
        .find(Kind.USER, account.id(), holder.name())
        .map(found -> found.value())
        .filter(key::isOf)
        .map(user -> new Caller.User(account, user.path(), user.name(), user.id(), key.id()));
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
    return accounts.get(id, any -> stored(any).map(stored -> stored.value().account()));
  }

  /** The account with a canonical id, or empty; reads all accounts. */
  public Optional<Account> lookupCanonicalId(String canonicalId) {
    return all()
        .map(AccountRow::account)
        .filter(account -> account.canonicalId().equals(canonicalId))
        .findFirst();
  }

  /** All accounts, in the order of their ids. */
  public Stream<AccountRow> all() {
    return Scans.rows(storage, RowRange.startingWith(Paths.ACCOUNTS, Paths.account("")))
        .map(row -> AccountRow.decode(Paths.accountId(row.key().path()), row.value()));
  }

  /** An account with all that is kept beside it; empty if there is none. */
  public Optional<Stored> stored(String id) {
    return storage
        .get(new RowKey(Paths.ACCOUNTS, Paths.account(id)))
        .map(
            row -> {
              var value = AccountRow.decode(id, row.value());
              var known = value.rootKeys() == null ? value.withRootKeys(declaredKeysOf(id)) : value;
              return new Stored(known, row);
            });
  }

  /** The root keys of an account whose row does not say them yet. */
  private List<String> declaredKeysOf(String account) {
    return Scans.rows(storage, RowRange.startingWith(Paths.ACCOUNTS, AccessKeys.path("")))
        .map(row -> AccessKey.of(AccessKeys.id(row), row.value()))
        .filter(key -> key.holder() == null && key.account().equals(account))
        .map(AccessKey::id)
        .toList();
  }

  /** Changes which access keys the root of an account has. */
  public void withRootKeys(Edit edit, Stored old, List<String> keys) {
    edit.replace(old.row(), old.value().withRootKeys(keys).encode());
  }

  /**
   * Gives an account another alias; null for none.
   *
   * @return false when another account has it
   */
  public boolean withAlias(Edit edit, Stored old, @Nullable String alias) {
    var taken = alias == null ? Optional.<Row>empty() : entities.row(Paths.accountAlias(alias));
    if (taken.isPresent()) {
      return false;
    }
    var former = old.value().alias();
    if (former != null) {
      entities.row(Paths.accountAlias(former)).ifPresent(edit::delete);
    }
    if (alias != null) {
      var id = old.value().account().id();
      edit.create(Paths.accountAlias(alias), new RowWriter(1).text(id).finish());
    }
    edit.replace(old.row(), old.value().withAlias(alias).encode());
    return true;
  }

  /**
   * Adds an account, with a first key of its root.
   *
   * @return false when its id, name, canonical id or e-mail address is another's
   */
  public boolean create(Account account, String accessKeyId, String secret) {
    return entities.edit(
        edit -> {
          if (all().map(AccountRow::account).anyMatch(other -> collides(other, account))) {
            return false;
          }
          write(edit, Optional.empty(), account, List.of(accessKeyId));
          accessKeys.create(
              edit, accessKeys.make(accessKeyId, secret, account.id(), null, false, now()));
          return true;
        });
  }

  private static boolean collides(Account one, Account other) {
    return one.id().equals(other.id())
        || one.name().equals(other.name())
        || one.canonicalId().equals(other.canonicalId())
        || (!one.email().isEmpty() && one.email().equalsIgnoreCase(other.email()));
  }

  /**
   * Removes an account that has nothing, with its root keys.
   *
   * @return what it still has, in words: nothing was removed then; empty when it is gone
   */
  public List<String> delete(String id) {
    return entities.edit(
        edit -> {
          var left = belongings(id);
          var stored = stored(id);
          if (!left.isEmpty() || stored.isEmpty()) {
            return left;
          }
          for (var key : stored.get().rootKeys()) {
            accessKeys.find(key).ifPresent(found -> accessKeys.delete(edit, found));
          }
          var alias = stored.get().value().alias();
          if (alias != null) {
            entities.row(Paths.accountAlias(alias)).ifPresent(edit::delete);
          }
          edit.delete(stored.get().row());
          return left;
        });
  }

  /** What an account has, in words; beside its root keys. */
  public List<String> belongings(String id) {
    var left = new ArrayList<String>();
    var buckets = RowRange.startingWith(Paths.REGISTRY, Paths.owned(id, ""));
    count(left, Scans.rows(storage, buckets), "bucket", "buckets");
    count(left, entities.list(Kind.USER, id, null), "user", "users");
    count(left, entities.list(Kind.GROUP, id, null), "group", "groups");
    count(left, entities.list(Kind.ROLE, id, null), "role", "roles");
    count(left, entities.list(Kind.POLICY, id, null), "managed policy", "managed policies");
    count(left, entities.list(Kind.OIDC_PROVIDER, id, null), "OIDC provider", "OIDC providers");
    return left;
  }

  private static void count(List<String> left, Stream<?> all, String one, String several) {
    long count = all.count();
    if (count > 0) {
      left.add(count + " " + (count == 1 ? one : several));
    }
  }
}
