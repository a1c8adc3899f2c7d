package io.coffer.service.identity;

import io.coffer.auth.Arns;
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
 * @param groupIds ids of its groups: names change ({@link Entities#groups})
 * @param accessKeys ids of its access keys, in the order in which they were made
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
    List<String> groupIds,
    List<String> accessKeys)
    implements Entity {
  public User {
    tags = Map.copyOf(tags);
    groupIds = List.copyOf(groupIds);
    accessKeys = List.copyOf(accessKeys);
  }

  /** Without access keys. */
  public User(
      String account,
      String path,
      String name,
      String id,
      Instant created,
      Grants grants,
      @Nullable String boundary,
      Map<String, String> tags,
      List<String> groupIds) {
    this(account, path, name, id, created, grants, boundary, tags, groupIds, List.of());
  }

  @Override
  public String arn() {
    return Arns.user(account, path, name);
  }

  public User named(String newPath, String newName) {
    return new User(
        account, newPath, newName, id, created, grants, boundary, tags, groupIds, accessKeys);
  }

  public User withGrants(Grants wanted) {
    return new User(account, path, name, id, created, wanted, boundary, tags, groupIds, accessKeys);
  }

  public User withBoundary(@Nullable String wanted) {
    return new User(account, path, name, id, created, grants, wanted, tags, groupIds, accessKeys);
  }

  public User withTags(Map<String, String> wanted) {
    return new User(
        account, path, name, id, created, grants, boundary, wanted, groupIds, accessKeys);
  }

  public User withGroupIds(List<String> wanted) {
    return new User(account, path, name, id, created, grants, boundary, tags, wanted, accessKeys);
  }

  public User withAccessKeys(List<String> wanted) {
    return new User(account, path, name, id, created, grants, boundary, tags, groupIds, wanted);
  }

  void write(RowWriter out) {
    out.text(path).text(name).text(id);
    Rows.time(out, created);
    grants.write(out);
    out.textOrNull(boundary).map(tags);
    Rows.texts(out, groupIds);
    Rows.texts(out, accessKeys);
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
        Rows.texts(in),
        Rows.texts(in));
  }
}
