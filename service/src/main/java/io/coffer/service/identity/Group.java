package io.coffer.service.identity;

import io.coffer.auth.Arns;
import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import io.coffer.storage.Bytes;
import java.time.Instant;

/**
 * An IAM group. Immutable.
 *
 * @param path begins and ends with a slash
 * @param id such as AGPA…
 * @param members how many users are in it: the users say which
 */
public record Group(
    String account,
    String path,
    String name,
    String id,
    Instant created,
    Grants grants,
    long members)
    implements Entity {
  @Override
  public String arn() {
    return Arns.group(account, path, name);
  }

  public Group named(String newPath, String newName) {
    return new Group(account, newPath, newName, id, created, grants, members);
  }

  public Group withGrants(Grants wanted) {
    return new Group(account, path, name, id, created, wanted, members);
  }

  public Group withMembers(long wanted) {
    return new Group(account, path, name, id, created, grants, wanted);
  }

  /** Where a row says which name the group with an id has: members know it by its id. */
  static Bytes idPath(String account, String id) {
    return Bytes.utf8("i" + account + "\0" + id);
  }

  /** What that row holds. */
  Bytes idRow() {
    return new RowWriter(1).text(name).finish();
  }

  void write(RowWriter out) {
    out.text(path).text(name).text(id);
    Rows.time(out, created);
    grants.write(out);
    out.number(members);
  }

  static Group read(String account, RowReader in) {
    return new Group(
        account, in.text(), in.text(), in.text(), Rows.time(in), Grants.read(in), in.number());
  }
}
