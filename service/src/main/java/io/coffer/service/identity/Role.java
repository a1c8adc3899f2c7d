package io.coffer.service.identity;

import io.coffer.auth.Arns;
import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An IAM role. Immutable.
 *
 * @param path begins and ends with a slash
 * @param id such as AROA…; never used again
 * @param description null for none
 * @param maxSessionSeconds the longest session, 3,600 to 43,200
 * @param trust who may assume it: a policy, JSON, in which users and roles stand by their ids
 * @param boundary ARN of the policy that bounds its permissions; null for none
 * @param principals ARNs of the users and roles in the trust policy, by the ids that took their
 *     places when it was stored: who is made anew with the same name is another
 */
public record Role(
    String account,
    String path,
    String name,
    String id,
    Instant created,
    @Nullable String description,
    int maxSessionSeconds,
    String trust,
    Grants grants,
    @Nullable String boundary,
    Map<String, String> tags,
    Map<String, String> principals)
    implements Entity {
  public Role {
    tags = Map.copyOf(tags);
    principals = Map.copyOf(principals);
  }

  /** Whose trust policy names no user or role. */
  public Role(
      String account,
      String path,
      String name,
      String id,
      Instant created,
      @Nullable String description,
      int maxSessionSeconds,
      String trust,
      Grants grants,
      @Nullable String boundary,
      Map<String, String> tags) {
    this(
        account,
        path,
        name,
        id,
        created,
        description,
        maxSessionSeconds,
        trust,
        grants,
        boundary,
        tags,
        Map.of());
  }

  @Override
  public String arn() {
    return Arns.role(account, path, name);
  }

  public Role described(@Nullable String newDescription, int newMaxSessionSeconds) {
    return new Role(
        account,
        path,
        name,
        id,
        created,
        newDescription,
        newMaxSessionSeconds,
        trust,
        grants,
        boundary,
        tags,
        principals);
  }

  public Role withTrust(String wanted, Map<String, String> wantedPrincipals) {
    return new Role(
        account,
        path,
        name,
        id,
        created,
        description,
        maxSessionSeconds,
        wanted,
        grants,
        boundary,
        tags,
        wantedPrincipals);
  }

  public Role withGrants(Grants wanted) {
    return new Role(
        account,
        path,
        name,
        id,
        created,
        description,
        maxSessionSeconds,
        trust,
        wanted,
        boundary,
        tags,
        principals);
  }

  public Role withBoundary(@Nullable String wanted) {
    return new Role(
        account,
        path,
        name,
        id,
        created,
        description,
        maxSessionSeconds,
        trust,
        grants,
        wanted,
        tags,
        principals);
  }

  public Role withTags(Map<String, String> wanted) {
    return new Role(
        account,
        path,
        name,
        id,
        created,
        description,
        maxSessionSeconds,
        trust,
        grants,
        boundary,
        wanted,
        principals);
  }

  void write(RowWriter out) {
    out.text(path).text(name).text(id);
    Rows.time(out, created);
    out.textOrNull(description).number(maxSessionSeconds).text(trust);
    grants.write(out);
    out.textOrNull(boundary).map(tags).map(principals);
  }

  static Role read(String account, RowReader in) {
    return new Role(
        account,
        in.text(),
        in.text(),
        in.text(),
        Rows.time(in),
        in.textOrNull(),
        (int) in.number(),
        in.text(),
        Grants.read(in),
        in.textOrNull(),
        in.map(),
        in.map());
  }
}
