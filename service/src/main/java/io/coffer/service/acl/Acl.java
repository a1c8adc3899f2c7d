package io.coffer.service.acl;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.Permission;
import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An access control list: who may do what with a bucket or an object, beside what policies say. Who
 * owns it is known from the bucket or the object. Immutable. Source: S3 User Guide, "Access control
 * list (ACL) overview".
 *
 * @param grants at most 100, in the order in which they are shown: groups first
 */
public record Acl(List<AclGrant> grants) {
  /** AWS: "ACL limits". */
  public static final int MAX_GRANTS = 100;

  private static final int CANONICAL = 0;

  public Acl {
    var groups = grants.stream().filter(grant -> grant.grantee() instanceof AclGrantee.Group);
    var others = grants.stream().filter(grant -> !(grant.grantee() instanceof AclGrantee.Group));
    grants = Stream.concat(groups, others).toList();
  }

  /**
   * An ACL that a client wants.
   *
   * @throws io.coffer.model.S3Exception MalformedACLError for too many grants
   */
  static Acl of(List<AclGrant> grants) {
    if (grants.size() > MAX_GRANTS) {
      throw tooMany();
    }
    return new Acl(grants);
  }

  static S3Exception tooMany() {
    return S3Error.MALFORMED_ACL.exception(
        "An access control list has at most " + MAX_GRANTS + " grants.");
  }

  /** The one that everything has until another is given: the owner has full control. */
  public static Acl privateOf(String ownerCanonicalId) {
    return new Acl(List.of(AclGrant.to(ownerCanonicalId, Permission.FULL_CONTROL)));
  }

  /**
   * Whether it grants a permission.
   *
   * @param canonicalId of the account that asks; null for nobody's
   * @param ignorePublic whether grants to everybody, or to all that have an account, do not count
   */
  public boolean allows(@Nullable String canonicalId, Permission permission, boolean ignorePublic) {
    for (var grant : grants) {
      boolean enough =
          grant.permission() == permission || grant.permission() == Permission.FULL_CONTROL;
      if (enough && isFor(grant.grantee(), canonicalId, ignorePublic)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFor(
      AclGrantee grantee, @Nullable String canonicalId, boolean ignorePublic) {
    return switch (grantee) {
      case AclGrantee.Canonical one -> one.canonicalId().equals(canonicalId);
      case AclGrantee.Group(var group) ->
          switch (group) {
            case ALL_USERS -> !ignorePublic;
            case AUTHENTICATED_USERS -> canonicalId != null && !ignorePublic;
            case LOG_DELIVERY -> false;
          };
    };
  }

  /**
   * Whether it grants anything to everybody, or to all that have an account. Source: S3 User Guide,
   * "Blocking public access", "The meaning of public".
   */
  public boolean isPublic() {
    return grants.stream()
        .anyMatch(
            grant ->
                grant.grantee() instanceof AclGrantee.Group(var group)
                    && group != AclGroup.LOG_DELIVERY);
  }

  /** Whether it grants nothing to anybody but one account. */
  public boolean isOnlyFor(String canonicalId) {
    var owner = new AclGrantee.Canonical(canonicalId);
    return grants.stream().allMatch(grant -> grant.grantee().equals(owner));
  }

  /** Writes it into a row; null is written too. */
  public static void encode(@Nullable Acl acl, RowWriter out) {
    out.flag(acl != null);
    if (acl == null) {
      return;
    }
    out.number(acl.grants.size());
    for (var grant : acl.grants) {
      switch (grant.grantee()) {
        case AclGrantee.Canonical one -> out.number(CANONICAL).text(one.canonicalId());
        case AclGrantee.Group(var group) -> out.number(code(group));
      }
      out.number(code(grant.permission()));
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalStateException it is no ACL
   */
  public static @Nullable Acl decode(RowReader in) {
    if (!in.flag()) {
      return null;
    }
    long count = in.number();
    var grants = new ArrayList<AclGrant>();
    for (long i = 0; i < count; i++) {
      long kind = in.number();
      var grantee =
          kind == CANONICAL
              ? new AclGrantee.Canonical(in.text())
              : new AclGrantee.Group(group(kind));
      grants.add(new AclGrant(grantee, permission(in.number())));
    }
    return new Acl(grants);
  }

  /** Numbers of rows; those of enumerations could change with their order. */
  private static int code(AclGroup group) {
    return switch (group) {
      case ALL_USERS -> 1;
      case AUTHENTICATED_USERS -> 2;
      case LOG_DELIVERY -> 3;
    };
  }

  private static AclGroup group(long code) {
    for (var group : AclGroup.values()) {
      if (code(group) == code) {
        return group;
      }
    }
    throw new IllegalStateException("a grantee of kind " + code);
  }

  private static int code(Permission permission) {
    return switch (permission) {
      case FULL_CONTROL -> 0;
      case READ -> 1;
      case WRITE -> 2;
      case READ_ACP -> 3;
      case WRITE_ACP -> 4;
    };
  }

  private static Permission permission(long code) {
    for (var permission : Permission.values()) {
      if (code(permission) == code) {
        return permission;
      }
    }
    throw new IllegalStateException("a permission " + code);
  }
}
