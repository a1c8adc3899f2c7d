package io.coffer.service.acl;

import static io.coffer.model.s3.Permission.FULL_CONTROL;
import static io.coffer.model.s3.Permission.READ;
import static io.coffer.model.s3.Permission.READ_ACP;
import static io.coffer.model.s3.Permission.WRITE;

import io.coffer.model.WireEnum;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ACLs that have names. Source: S3 User Guide, "Canned ACL". */
public enum CannedAcl {
  PRIVATE("private"),
  PUBLIC_READ("public-read", AclGrant.to(AclGroup.ALL_USERS, READ)),
  PUBLIC_READ_WRITE(
      "public-read-write",
      AclGrant.to(AclGroup.ALL_USERS, READ),
      AclGrant.to(AclGroup.ALL_USERS, WRITE)),
  AUTHENTICATED_READ("authenticated-read", AclGrant.to(AclGroup.AUTHENTICATED_USERS, READ)),
  /** What EC2 reads is nothing here: there is no EC2. */
  AWS_EXEC_READ("aws-exec-read"),
  /** Objects' alone; a bucket is private with it. */
  BUCKET_OWNER_READ("bucket-owner-read"),
  /** Likewise. */
  BUCKET_OWNER_FULL_CONTROL("bucket-owner-full-control"),
  /** Buckets' alone. */
  LOG_DELIVERY_WRITE(
      "log-delivery-write",
      AclGrant.to(AclGroup.LOG_DELIVERY, WRITE),
      AclGrant.to(AclGroup.LOG_DELIVERY, READ_ACP));

  private final String wire;
  private final List<AclGrant> toGroups;

  CannedAcl(String wire, AclGrant... toGroups) {
    this.wire = wire;
    this.toGroups = List.of(toGroups);
  }

  /** The one that a request names; null for none. */
  static @Nullable CannedAcl of(@Nullable WireEnum name) {
    if (name == null) {
      return null;
    }
    for (var acl : values()) {
      if (acl.wire.equals(name.wire())) {
        return acl;
      }
    }
    throw new IllegalStateException("no canned ACL is called " + name.wire());
  }

  /**
   * What it grants.
   *
   * @param owner canonical id of the owner of the bucket or object
   * @param bucketOwner canonical id of the owner of the bucket
   */
  public Acl grants(String owner, String bucketOwner) {
    var grants = new ArrayList<>(toGroups);
    grants.add(AclGrant.to(owner, FULL_CONTROL));
    if (!owner.equals(bucketOwner)) {
      switch (this) {
        case BUCKET_OWNER_READ -> grants.add(AclGrant.to(bucketOwner, READ));
        case BUCKET_OWNER_FULL_CONTROL -> grants.add(AclGrant.to(bucketOwner, FULL_CONTROL));
        default -> {}
      }
    }
    return new Acl(grants);
  }
}
