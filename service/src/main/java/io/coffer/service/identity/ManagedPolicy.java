package io.coffer.service.identity;

import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A managed policy of an account. Immutable.
 *
 * @param path begins and ends with a slash
 * @param id such as ANPA…
 * @param description null for none
 * @param updated when its versions changed last
 * @param versions one to five, the oldest first
 * @param defaultVersion the number of the one in force
 * @param nextVersion the number of the next one: numbers are never used again
 * @param attachments to how many users, groups and roles it is attached
 * @param boundaries of how many users and roles it is the boundary
 */
public record ManagedPolicy(
    String account,
    String path,
    String name,
    String id,
    @Nullable String description,
    Instant created,
    Instant updated,
    List<Version> versions,
    int defaultVersion,
    int nextVersion,
    long attachments,
    long boundaries,
    Map<String, String> tags)
    implements Entity {
  public ManagedPolicy {
    versions = List.copyOf(versions);
    tags = Map.copyOf(tags);
  }

  /** A version of a policy: {@code v} and its number is AWS's id of it. */
  public record Version(int number, String document, Instant created) {
    public String versionId() {
      return "v" + number;
    }
  }

  @Override
  public String arn() {
    return "arn:aws:iam::" + account + ":policy" + path + name;
  }

  /** The document in force. */
  public String document() {
    return versions.stream()
        .filter(version -> version.number() == defaultVersion)
        .findFirst()
        .orElseThrow()
        .document();
  }

  public ManagedPolicy withVersions(
      List<Version> wanted, int wantedDefault, int wantedNext, Instant now) {
    return new ManagedPolicy(
        account,
        path,
        name,
        id,
        description,
        created,
        now,
        wanted,
        wantedDefault,
        wantedNext,
        attachments,
        boundaries,
        tags);
  }

  /** With that many attachments and uses as a boundary more, or fewer. */
  public ManagedPolicy used(int moreAttachments, int moreBoundaries) {
    return new ManagedPolicy(
        account,
        path,
        name,
        id,
        description,
        created,
        updated,
        versions,
        defaultVersion,
        nextVersion,
        attachments + moreAttachments,
        boundaries + moreBoundaries,
        tags);
  }

  public ManagedPolicy withTags(Map<String, String> wanted) {
    return new ManagedPolicy(
        account,
        path,
        name,
        id,
        description,
        created,
        updated,
        versions,
        defaultVersion,
        nextVersion,
        attachments,
        boundaries,
        wanted);
  }

  void write(RowWriter out) {
    out.text(path).text(name).text(id).textOrNull(description);
    Rows.time(out, created);
    Rows.time(out, updated);
    out.number(versions.size());
    for (var version : versions) {
      out.number(version.number()).text(version.document());
      Rows.time(out, version.created());
    }
    out.number(defaultVersion).number(nextVersion).number(attachments).number(boundaries).map(tags);
  }

  static ManagedPolicy read(String account, RowReader in) {
    return new ManagedPolicy(
        account,
        in.text(),
        in.text(),
        in.text(),
        in.textOrNull(),
        Rows.time(in),
        Rows.time(in),
        versions(in),
        (int) in.number(),
        (int) in.number(),
        in.number(),
        in.number(),
        in.map());
  }

  private static List<Version> versions(RowReader in) {
    int count = (int) in.number();
    var versions = new ArrayList<Version>();
    for (int i = 0; i < count; i++) {
      versions.add(new Version((int) in.number(), in.text(), Rows.time(in)));
    }
    return versions;
  }
}
