package io.coffer.service.acl;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.AccessControlPolicy;
import io.coffer.model.s3.ObjectOwnership;
import io.coffer.model.s3.Permission;
import io.coffer.service.AclPermission;
import io.coffer.service.Acls;
import io.coffer.service.Bucket;
import io.coffer.service.ObjectVersion;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the ACLs that requests give, by the ownership controls of the bucket.
 * Thread-safe. Source: S3 User Guide, "Controlling ownership of objects and disabling ACLs for your
 * bucket".
 */
public final class AclRules implements Acls {
  private final AclAccounts accounts;

  public AclRules(AclAccounts accounts) {
    this.accounts = accounts;
  }

  /**
   * Owner and ACL of an object that somebody writes.
   *
   * @param blockPublic whether public ACLs are refused; asked for those alone
   * @throws S3Exception AccessControlListNotSupported, AccessDenied for a public ACL where these
   *     are blocked, and what a grantee that does not exist leads to
   */
  public ObjectAccess ofNewObject(
      Bucket bucket, Caller caller, AclHeaders headers, BooleanSupplier blockPublic) {
    if (bucket.isOwnerEnforced()) {
      if (!headers.isEmpty() && !isBucketOwnersControl(bucket, headers)) {
        throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.exception();
      }
      return new ObjectAccess(bucket.owner(), null);
    }
    boolean handsOver =
        bucket.ownership() == ObjectOwnership.BUCKET_OWNER_PREFERRED
            && headers.canned() == CannedAcl.BUCKET_OWNER_FULL_CONTROL;
    var owner = handsOver ? accounts.account(bucket.owner()) : account(caller);
    var acl = named(headers, owner.canonicalId(), bucket);
    return new ObjectAccess(owner.id(), kept(acl, owner.canonicalId(), blockPublic));
  }

  /** The canned ACL, or grants that come to the same. */
  private boolean isBucketOwnersControl(Bucket bucket, AclHeaders headers) {
    return headers.canned() == null
        ? accounts.resolve(headers.grants()).equals(Acl.privateOf(ownerOf(bucket)))
        : headers.canned() == CannedAcl.BUCKET_OWNER_FULL_CONTROL;
  }

  /**
   * The ACL of a bucket that somebody makes; null for the private one.
   *
   * @throws S3Exception InvalidBucketAclWithObjectOwnership,
   *     InvalidBucketAclWithBlockPublicAccessError, and what a grantee that does not exist leads to
   */
  public @Nullable Acl ofNewBucket(
      Account owner, ObjectOwnership ownership, AclHeaders headers, boolean blockPublic) {
    if (headers.isEmpty()) {
      return null;
    }
    var acl = named(headers, owner.canonicalId(), owner.canonicalId());
    checkOwnership(acl, owner.canonicalId(), ownership);
    if (blockPublic && acl.isPublic()) {
      throw S3Error.INVALID_ACL_WITH_BLOCK_PUBLIC_ACCESS.exception();
    }
    return kept(acl, owner.canonicalId(), () -> false);
  }

  /**
   * Refuses to disable ACLs while that of the bucket grants something to others.
   *
   * @throws S3Exception InvalidBucketAclWithObjectOwnership
   */
  public void checkOwnership(Bucket bucket, ObjectOwnership wanted) {
    if (bucket.acl() != null) {
      checkOwnership(bucket.acl(), ownerOf(bucket), wanted);
    }
  }

  private static void checkOwnership(Acl acl, String owner, ObjectOwnership wanted) {
    if (wanted == ObjectOwnership.BUCKET_OWNER_ENFORCED && !acl.isOnlyFor(owner)) {
      throw S3Error.INVALID_ACL_WITH_OBJECT_OWNERSHIP.exception();
    }
  }

  /**
   * The ACL that PutBucketAcl gives; null for the private one.
   *
   * @throws S3Exception AccessControlListNotSupported, AccessDenied for a public ACL where these
   *     are blocked, and what is wrong with headers or document
   */
  public @Nullable Acl ofBucket(
      Bucket bucket,
      AclHeaders headers,
      @Nullable AccessControlPolicy document,
      BooleanSupplier blockPublic) {
    return given(bucket, ownerOf(bucket), headers, document, blockPublic);
  }

  /** The ACL that PutObjectAcl gives; as {@link #ofBucket}. */
  public @Nullable Acl ofObject(
      Bucket bucket,
      ObjectVersion version,
      AclHeaders headers,
      @Nullable AccessControlPolicy document,
      BooleanSupplier blockPublic) {
    var owner = accounts.canonicalId(bucket.ownerOf(version));
    return given(bucket, owner, headers, document, blockPublic);
  }

  private @Nullable Acl given(
      Bucket bucket,
      String owner,
      AclHeaders headers,
      @Nullable AccessControlPolicy document,
      BooleanSupplier blockPublic) {
    if (bucket.isOwnerEnforced()) {
      throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.exception();
    }
    if (document == null && headers.isEmpty()) {
      throw S3Error.MISSING_SECURITY_HEADER.exception().with("MissingHeaderName", "x-amz-acl");
    }
    if (document == null) {
      return kept(named(headers, owner, bucket), owner, blockPublic);
    }
    if (!headers.isEmpty()) {
      throw S3Error.UNEXPECTED_CONTENT.exception();
    }
    return kept(accounts.resolve(AclDocument.read(document, owner)), owner, blockPublic);
  }

  private @Nullable Acl named(AclHeaders headers, String owner, Bucket bucket) {
    return headers.isEmpty() ? null : named(headers, owner, ownerOf(bucket));
  }

  private Acl named(AclHeaders headers, String owner, String bucketOwner) {
    var canned = headers.canned();
    return canned == null ? accounts.resolve(headers.grants()) : canned.grants(owner, bucketOwner);
  }

  private String ownerOf(Bucket bucket) {
    return accounts.canonicalId(bucket.owner());
  }

  /** What is stored of an ACL: nothing of the private one. */
  private static @Nullable Acl kept(@Nullable Acl acl, String owner, BooleanSupplier blockPublic) {
    if (acl != null && acl.isPublic() && blockPublic.getAsBoolean()) {
      throw S3Error.ACCESS_DENIED.exception();
    }
    return acl == null || acl.equals(Acl.privateOf(owner)) ? null : acl;
  }

  private static Account account(Caller caller) {
    return caller instanceof Caller.Known known ? known.account() : AclAccounts.ANONYMOUS;
  }

  @Override
  public boolean enabled(Bucket bucket) {
    return !bucket.isOwnerEnforced();
  }

  @Override
  public boolean allow(
      Caller caller,
      Bucket bucket,
      @Nullable ObjectVersion version,
      AclPermission permission,
      boolean ignorePublic) {
    var asking = caller instanceof Caller.Known known ? known.account().canonicalId() : null;
    var acl = version == null ? of(bucket) : of(bucket, version);
    return acl.allows(asking, named(permission), ignorePublic);
  }

  private static Permission named(AclPermission permission) {
    return switch (permission) {
      case READ -> Permission.READ;
      case WRITE -> Permission.WRITE;
      case READ_ACP -> Permission.READ_ACP;
      case WRITE_ACP -> Permission.WRITE_ACP;
    };
  }

  /** The ACL of a bucket that counts. */
  public Acl of(Bucket bucket) {
    var acl = bucket.isOwnerEnforced() ? null : bucket.acl();
    return acl == null ? Acl.privateOf(ownerOf(bucket)) : acl;
  }

  /** The ACL of a version that counts. */
  public Acl of(Bucket bucket, ObjectVersion version) {
    var acl = bucket.isOwnerEnforced() ? null : version.data().acl();
    return acl == null ? Acl.privateOf(accounts.canonicalId(bucket.ownerOf(version))) : acl;
  }
}
