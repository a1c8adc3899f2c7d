package io.coffer.service.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of access keys: {@code k} and the key's id. Who has which key is said by its holder too,
 * so whoever changes one changes the other in the same {@link Edit}. Thread-safe.
 */
public final class AccessKeys {
  private static final String KIND = "access key ";
  private static final int LONGEST_ID = 128;

  private final Entities entities;
  private final Sealer sealer;

  public AccessKeys(Entities entities, Sealer sealer) {
    this.entities = entities;
    this.sealer = sealer;
  }

  /** A key as it was read, and the row that a change of it expects. */
  public record Stored(AccessKey key, Row row) {}

  /** Where the row of a key is. */
  public static Bytes path(String id) {
    return Bytes.utf8("k" + id);
  }

  /** The id of the key that has a row. */
  public static String id(Row row) {
    var path = row.key().path();
    return new String(path.unsafeArray(), 1, path.length() - 1, UTF_8);
  }

  /** The key with an id, active or not; empty if there is none. */
  public Optional<Stored> find(String id) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      return Optional.empty();
    }
    return entities.row(path(id)).map(row -> new Stored(AccessKey.of(id, row.value()), row));
  }

  /**
   * A new active key.
   *
   * @param user null for root
   */
  public AccessKey make(
      String id,
      String secret,
      String account,
      @Nullable User user,
      boolean declared,
      Instant created) {
    var holder = user == null ? null : new AccessKey.Holder(user.name(), user.id());
    return new AccessKey(
        id, account, holder, Bytes.wrap(seal(id, secret)), true, true, declared, created);
  }

  private byte[] seal(String id, String secret) {
    return sealer.seal(secret.getBytes(UTF_8), (KIND + id).getBytes(UTF_8));
  }

  /**
   * The secret of a key.
   *
   * @throws IllegalStateException the server has not the key with which it was sealed, or the row
   *     was changed
   */
  public String secret(AccessKey key) {
    if (!key.sealed()) {
      return new String(key.secret().unsafeArray(), UTF_8);
    }
    return sealer
        .open(key.secret().unsafeArray(), (KIND + key.id()).getBytes(UTF_8))
        .map(secret -> new String(secret, UTF_8))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the secret of the access key " + key.id() + " cannot be opened"));
  }

  /** The key with its secret sealed by the newest key of the server. */
  AccessKey sealedAnew(AccessKey key) {
    return key.sealed(seal(key.id(), secret(key)));
  }

  /** Adds a key that must not be there yet. */
  public void create(Edit edit, AccessKey key) {
    edit.create(path(key.id()), key.row());
  }

  /** Changes a key; one whose secret is in the clear is sealed. */
  public void replace(Edit edit, Stored old, AccessKey key) {
    edit.replace(old.row(), (key.sealed() ? key : sealedAnew(key)).row());
  }

  /** Removes a key, and what is known of its use. */
  public void delete(Edit edit, Stored old) {
    edit.delete(old.row());
    entities.row(KeyUse.path(old.key().id())).ifPresent(edit::delete);
  }
}
