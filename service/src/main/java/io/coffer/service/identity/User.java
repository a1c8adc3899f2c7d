package io.coffer.service.identity;

import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An IAM user. Immutable.
 *
 * @param path begins and ends with a slash
 * @param id such as AIDA…; never used again
 * @param boundary ARN of the policy that bounds its permissions; null for none
 * @param groups names of its groups, as the groups write them
 */
public record User(
    String account,
    String path,
    String name,
    String id,
    Instant created,
    Grants grants,
    @Nullable String boundary,
    Map<String, String> tags,
    List<String> groups)
    implements Entity {
  public User {
    tags = Map.copyOf(tags);
    groups = List.copyOf(groups);
  }

  @Override
  public String arn() {
    return "arn:aws:iam::" + account + ":user" + path + name;
  }

  public User named(String newPath, String newName) {
    return new User(account, newPath, newName, id, created, grants, boundary, tags, groups);
  }

  public User withGrants(Grants wanted) {
    return new User(account, path, name, id, created, wanted, boundary, tags, groups);
  }

  public User withBoundary(@Nullable String wanted) {
    return new User(account, path, name, id, created, grants, wanted, tags, groups);
  }

  public User withTags(Map<String, String> wanted) {
    return new User(account, path, name, id, created, grants, boundary, wanted, groups);
  }

  public User withGroups(List<String> wanted) {
    return new User(account, path, name, id, created, grants, boundary, tags, wanted);
  }

  void write(RowWriter out) {
    out.text(path).text(name).text(id);
    Rows.time(out, created);
    grants.write(out);
    out.textOrNull(boundary).map(tags);
    Rows.texts(out, groups);
  }

  static User read(String account, RowReader in) {
    return new User(
        account,
        in.text(),
        in.text(),
        in.text(),
        Rows.time(in),
        Grants.read(in),
        in.textOrNull(),
        in.map(),
        Rows.texts(in));
  }
}
