package io.coffer.service.identity;

import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import io.coffer.storage.Bytes;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * A kind of entity: where its rows are among those of all accounts, and how they are read and
 * written. A path is the letter of the kind, the account's id, 00, and the name in lower case:
 * names that differ in case alone are the same to IAM.
 *
 * @param <T> the entity
 */
public final class Kind<T extends Entity> {
  public static final Kind<User> USER = new Kind<>('u', User::read, User::write);
  public static final Kind<Group> GROUP = new Kind<>('g', Group::read, Group::write);
  public static final Kind<Role> ROLE = new Kind<>('r', Role::read, Role::write);
  public static final Kind<ManagedPolicy> POLICY =
      new Kind<>('p', ManagedPolicy::read, ManagedPolicy::write);
  public static final Kind<OidcProvider> OIDC_PROVIDER =
      new Kind<>('o', OidcProvider::read, OidcProvider::write);

  private static final int FORMAT = 1;

  private final char letter;
  private final BiFunction<String, RowReader, T> reader;
  private final BiConsumer<T, RowWriter> writer;

  private Kind(
      char letter, BiFunction<String, RowReader, T> reader, BiConsumer<T, RowWriter> writer) {
    this.letter = letter;
    this.reader = reader;
    this.writer = writer;
  }

  /** Where the entity of an account with a name is, whatever its case. */
  public Bytes path(String account, String name) {
    return Bytes.utf8(letter + account + "\0" + name.toLowerCase(Locale.ROOT));
  }

  Bytes path(T entity) {
    return path(entity.account(), entity.name());
  }

  /**
   * Reads a row.
   *
   * @throws RuntimeException it is not one of this kind
   */
  public T decode(String account, Bytes row) {
    return reader.apply(account, new RowReader(row, FORMAT));
  }

  Bytes encode(T entity) {
    var out = new RowWriter(FORMAT);
    writer.accept(entity, out);
    return out.finish();
  }
}
