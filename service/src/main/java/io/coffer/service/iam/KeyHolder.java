package io.coffer.service.iam;

import io.coffer.auth.Arns;
import io.coffer.service.Accounts;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.identity.Edit;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Stored;
import io.coffer.service.identity.User;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose access keys a request is about, as it was read. */
sealed interface KeyHolder {
  /** The account's id. */
  String account();

  /** Null for root. */
  @Nullable User user();

  /** Ids of its keys. */
  List<String> keys();

  /** Changes which keys it has. */
  void setKeys(Edit edit, List<String> wanted);

  default void add(Edit edit, String id) {
    var wanted = new ArrayList<>(keys());
    wanted.add(id);
    setKeys(edit, wanted);
  }

  default void remove(Edit edit, String id) {
    setKeys(edit, keys().stream().filter(other -> !other.equals(id)).toList());
  }

  /**
   * The user with a name, or the caller: a user or root.
   *
   * @throws io.coffer.model.QueryException AccessDenied; NoSuchEntity
   */
  static KeyHolder require(
      Subjects s, FoundUsers found, Context context, String action, @Nullable String userName) {
    if (userName != null || !FoundUsers.isRoot(context)) {
      return new OfUser(found.require(context, action, userName));
    }
    var account = OwnAccount.id(context);
    var arn = Arns.root(account);
    s.access().require(context, action, arn, Answers.values(context));
    return new OfRoot(s.accounts(), s.accounts().stored(account).orElseThrow());
  }

  /** A user. */
  record OfUser(Stored<User> stored) implements KeyHolder {
    @Override
    public String account() {
      return stored.value().account();
    }

    @Override
    public User user() {
      return stored.value();
    }

    @Override
    public List<String> keys() {
      return stored.value().accessKeys();
    }

    @Override
    public void setKeys(Edit edit, List<String> wanted) {
      edit.replace(Kind.USER, stored, stored.value().withAccessKeys(wanted));
    }
  }

  /** The root of an account. */
  record OfRoot(Accounts accounts, Accounts.Stored stored) implements KeyHolder {
    @Override
    public String account() {
      return stored.value().account().id();
    }

    @Override
    public @Nullable User user() {
      return null;
    }

    @Override
    public List<String> keys() {
      return stored.rootKeys();
    }

    @Override
    public void setKeys(Edit edit, List<String> wanted) {
      accounts.withRootKeys(edit, stored, wanted);
    }
  }
}
