package io.coffer.service.acl;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.WireEnum;
import io.coffer.model.s3.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a request say of an ACL: the name of one, grants, or nothing. Immutable.
 * Source: S3 API Reference, "PutObject", x-amz-acl and x-amz-grant-*.
 */
public final class AclHeaders {
  /** One grantee: its kind, then a value, in quotes or without. */
  private static final Pattern GRANTEE =
      Pattern.compile("\\s*([A-Za-z]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s\",]+))\\s*(?:,|$)");

  private final @Nullable CannedAcl canned;
  private final List<NamedGrant> grants;

  private AclHeaders(@Nullable CannedAcl canned, List<NamedGrant> grants) {
    this.canned = canned;
    this.grants = List.copyOf(grants);
  }

  /**
   * Reads the headers; each is null where it was not sent.
   *
   * @throws S3Exception InvalidRequest for both a name and grants, InvalidArgument for a grant that
   *     cannot be read, MalformedACLError for too many
   */
  public static AclHeaders of(
      @Nullable WireEnum canned,
      @Nullable String read,
      @Nullable String write,
      @Nullable String readAcp,
      @Nullable String writeAcp,
      @Nullable String fullControl) {
    var grants = new ArrayList<NamedGrant>();
    add(grants, "x-amz-grant-read", read, Permission.READ);
    add(grants, "x-amz-grant-write", write, Permission.WRITE);
    add(grants, "x-amz-grant-read-acp", readAcp, Permission.READ_ACP);
    add(grants, "x-amz-grant-write-acp", writeAcp, Permission.WRITE_ACP);
    add(grants, "x-amz-grant-full-control", fullControl, Permission.FULL_CONTROL);
    if (canned != null && !grants.isEmpty()) {
      throw S3Error.INVALID_REQUEST.exception(
          "Specifying both Canned ACLs and Header Grants is not allowed");
    }
    return new AclHeaders(CannedAcl.of(canned), grants);
  }

  private static void add(
      List<NamedGrant> grants, String header, @Nullable String value, Permission permission) {
    if (value == null || value.isBlank()) {
      return;
    }
    var grantee = GRANTEE.matcher(value);
    int end = 0;
    while (end < value.length()) {
      if (!grantee.find(end) || grantee.start() != end) {
        throw unreadable(header, value);
      }
      end = grantee.end();
      var text = grantee.group(2) == null ? grantee.group(3) : grantee.group(2);
      grants.add(new NamedGrant(kind(grantee.group(1), header, value), text, permission));
      if (grants.size() > Acl.MAX_GRANTS) {
        throw Acl.tooMany();
      }
    }
    if (value.stripTrailing().endsWith(",")) {
      throw unreadable(header, value);
    }
  }

  private static NamedGrant.Kind kind(String name, String header, String value) {
    for (var kind : NamedGrant.Kind.values()) {
      if (kind.inHeaders().equalsIgnoreCase(name)) {
        return kind;
      }
    }
    throw unreadable(header, value);
  }

  private static S3Exception unreadable(String header, String value) {
    return S3Error.INVALID_ARGUMENT
        .exception("Argument format not recognized")
        .with("ArgumentName", header)
        .with("ArgumentValue", value);
  }

  /** Whether they say nothing. */
  public boolean isEmpty() {
    return canned == null && grants.isEmpty();
  }

  /** The ACL that they name; null for none. */
  @Nullable CannedAcl canned() {
    return canned;
  }

  /** What they grant, when they name no ACL. */
  List<NamedGrant> grants() {
    return grants;
  }
}
