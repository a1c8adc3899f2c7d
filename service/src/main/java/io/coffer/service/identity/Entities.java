package io.coffer.service.identity;

import io.coffer.service.RowReader;
import io.coffer.service.Scans;
import io.coffer.service.Transactions;
import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Users, groups, roles, policies and providers of all accounts, in rows of one group: a change of
 * several of them is one transaction. Thread-safe.
 */
public final class Entities {
  /** No name has more characters; what claims to be one must not be too long for a row's key. */
  private static final int LONGEST_NAME = 512;

  private final Storage storage;
  private final Transactions transactions;
  private final long group;
  private final AtomicLong generation = new AtomicLong();

  /**
   * @param group of the rows of accounts
   */
  public Entities(Storage storage, Transactions transactions, long group) {
    this.storage = storage;
    this.transactions = transactions;
    this.group = group;
  }

  /** An entity as it is now, by its name in any case; empty if there is none. */
  public <T extends Entity> Optional<Stored<T>> find(Kind<T> kind, String account, String name) {
    if (name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    return storage
        .get(new RowKey(group, kind.path(account, name)))
        .map(row -> new Stored<>(kind.decode(account, row.value()), row));
  }

  /** The groups of a user, in the order in which it became a member. */
  public List<Stored<Group>> groups(User user) {
    var groups = new ArrayList<Stored<Group>>();
    for (var id : user.groupIds()) {
      row(Group.idPath(user.account(), id))
          .flatMap(row -> find(Kind.GROUP, user.account(), new RowReader(row.value(), 1).text()))
          .ifPresent(groups::add);
    }
    return groups;
  }

  /**
   * All of a kind, in the order of their names in lower case.
   *
   * @param after the name after which to begin; null for the first
   */
  public <T extends Entity> Stream<Stored<T>> list(
      Kind<T> kind, String account, @Nullable String after) {
    var all = RowRange.startingWith(group, kind.path(account, ""));
    var rest = after == null ? all : all.after(new RowKey(group, kind.path(account, cut(after))));
    return Scans.rows(storage, rest)
        .map(row -> new Stored<>(kind.decode(account, row.value()), row));
  }

  private static String cut(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  /**
   * Reads, decides and changes; all of the change or nothing, and again when somebody else changed
   * what was read. When this returns, every later request sees the change.
   *
   * @param attempt must read anew each time that it is called
   * @throws io.coffer.model.QueryException what the attempt throws
   */
  public <R> R edit(Function<Edit, R> attempt) {
    return transactions.run(
        () -> {
          var edit = new Edit(transactions.batch(group));
          var result = attempt.apply(edit);
          if (edit.changesAnything()) {
            try {
              transactions.commit(edit.batch());
            } finally {
              generation.incrementAndGet();
            }
          }
          return result;
        });
  }

  /**
   * A number that is another after each change: what was read since it was looked at is as it is
   * now for as long as it stays the same.
   */
  public long generation() {
    return generation.get();
  }

  /** Tells that something was changed by other means than {@link #edit}. */
  public void changed() {
    generation.incrementAndGet();
  }

  /** A row of the same group that is no entity; for access keys. */
  public Optional<Row> row(Bytes path) {
    return storage.get(new RowKey(group, path));
  }
}
