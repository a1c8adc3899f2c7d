package io.coffer.service.identity;

import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import io.coffer.storage.Bytes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An access key as it is kept: all but its secret in the clear. Immutable.
 *
 * @param id such as AKIA…
 * @param account the account's id
 * @param holder whose key it is; null for the account's root
 * @param secret sealed; of format 1, which had no seal, in the clear
 * @param sealed whether it is
 * @param active whether it is good for requests
 * @param declared whether the operator says at each start that it is to be there
 * @param created when it was made
 */
public record AccessKey(
    String id,
    String account,
    @Nullable Holder holder,
    Bytes secret,
    boolean sealed,
    boolean active,
    boolean declared,
    Instant created) {
  private static final int FORMAT = 2;

  /** A user, by its name and by its id, which another user of that name would not have. */
  public record Holder(String name, String id) {}

  /** Active or not. */
  public AccessKey active(boolean wanted) {
    return new AccessKey(id, account, holder, secret, sealed, wanted, declared, created);
  }

  /** With the secret sealed, or sealed anew. */
  AccessKey sealed(byte[] wanted) {
    return new AccessKey(id, account, holder, Bytes.wrap(wanted), true, active, declared, created);
  }

  /** Of the same user by its new name. */
  public AccessKey heldBy(String name) {
    var user = new Holder(name, Objects.requireNonNull(holder).id());
    return new AccessKey(id, account, user, secret, sealed, active, declared, created);
  }

  /** Whether it is a key of that user, or of root for null. */
  public boolean isOf(@Nullable User user) {
    return user == null
        ? holder == null
        : holder != null && holder.id().equals(user.id()) && account.equals(user.account());
  }

  Bytes row() {
    if (!sealed) {
      throw new IllegalStateException("a secret is kept sealed only");
    }
    var out = new RowWriter(FORMAT).text(account);
    out.textOrNull(holder == null ? null : holder.name());
    out.textOrNull(holder == null ? null : holder.id());
    out.bytes(secret.unsafeArray()).flag(active).flag(declared);
    Rows.time(out, created);
    return out.finish();
  }

  /**
   * Reads a row.
   *
   * @throws RuntimeException it is not one
   */
  public static AccessKey of(String id, Bytes row) {
    var in = new RowReader(row, FORMAT);
    var account = in.text();
    if (in.format() == 1) {
      var secret = Bytes.utf8(in.text());
      return new AccessKey(id, account, null, secret, false, true, true, Instant.EPOCH);
    }
    var name = in.textOrNull();
    var userId = in.textOrNull();
    return new AccessKey(
        id,
        account,
        name == null || userId == null ? null : new Holder(name, userId),
        Bytes.wrap(in.bytes()),
        true,
        in.flag(),
        in.flag(),
        Rows.time(in));
  }
}
