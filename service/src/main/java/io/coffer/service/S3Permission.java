package io.coffer.service;

import org.jspecify.annotations.Nullable;

/**
 * What S3 asks policies and ACLs about: each action, what it is of, and what in which ACL grants it
 * as well. An operation is allowed when all that it asks for is; which that is, its handler says,
 * and docs/policies.md shows. Source: Service Authorization Reference, "Actions, resources, and
 * condition keys for Amazon S3"; S3 User Guide, "Required permissions for Amazon S3 API operations"
 * and "Access control list (ACL) overview".
 */
public enum S3Permission {
  LIST_ALL_MY_BUCKETS("s3:ListAllMyBuckets", Scope.ACCOUNT),
  GET_ACCOUNT_PUBLIC_ACCESS_BLOCK("s3:GetAccountPublicAccessBlock", Scope.ACCOUNT),
  PUT_ACCOUNT_PUBLIC_ACCESS_BLOCK("s3:PutAccountPublicAccessBlock", Scope.ACCOUNT),

  CREATE_BUCKET("s3:CreateBucket", Scope.BUCKET),
  DELETE_BUCKET("s3:DeleteBucket", Scope.BUCKET),
  LIST_BUCKET("s3:ListBucket", Scope.BUCKET, AclPermission.READ),
  LIST_BUCKET_VERSIONS("s3:ListBucketVersions", Scope.BUCKET, AclPermission.READ),
  LIST_BUCKET_MULTIPART_UPLOADS("s3:ListBucketMultipartUploads", Scope.BUCKET, AclPermission.READ),
  GET_BUCKET_LOCATION("s3:GetBucketLocation", Scope.BUCKET),
  GET_BUCKET_VERSIONING("s3:GetBucketVersioning", Scope.BUCKET),
  PUT_BUCKET_VERSIONING("s3:PutBucketVersioning", Scope.BUCKET),
  GET_BUCKET_TAGGING("s3:GetBucketTagging", Scope.BUCKET),
  PUT_BUCKET_TAGGING("s3:PutBucketTagging", Scope.BUCKET),
  GET_BUCKET_ACL("s3:GetBucketAcl", Scope.BUCKET, AclPermission.READ_ACP),
  PUT_BUCKET_ACL("s3:PutBucketAcl", Scope.BUCKET, AclPermission.WRITE_ACP),
  GET_BUCKET_OWNERSHIP_CONTROLS("s3:GetBucketOwnershipControls", Scope.BUCKET),
  PUT_BUCKET_OWNERSHIP_CONTROLS("s3:PutBucketOwnershipControls", Scope.BUCKET),
  PUT_BUCKET_OBJECT_LOCK("s3:PutBucketObjectLockConfiguration", Scope.BUCKET),
  GET_BUCKET_POLICY("s3:GetBucketPolicy", Scope.BUCKET),
  PUT_BUCKET_POLICY("s3:PutBucketPolicy", Scope.BUCKET),
  DELETE_BUCKET_POLICY("s3:DeleteBucketPolicy", Scope.BUCKET),
  GET_BUCKET_POLICY_STATUS("s3:GetBucketPolicyStatus", Scope.BUCKET),
  GET_BUCKET_PUBLIC_ACCESS_BLOCK("s3:GetBucketPublicAccessBlock", Scope.BUCKET),
  PUT_BUCKET_PUBLIC_ACCESS_BLOCK("s3:PutBucketPublicAccessBlock", Scope.BUCKET),

  PUT_OBJECT("s3:PutObject", Scope.KEY, AclPermission.WRITE),
  DELETE_OBJECT("s3:DeleteObject", Scope.KEY, AclPermission.WRITE),
  DELETE_OBJECT_VERSION("s3:DeleteObjectVersion", Scope.KEY),
  ABORT_MULTIPART_UPLOAD("s3:AbortMultipartUpload", Scope.KEY),
  LIST_MULTIPART_UPLOAD_PARTS("s3:ListMultipartUploadParts", Scope.KEY),
  GET_OBJECT("s3:GetObject", Scope.OBJECT, AclPermission.READ),
  GET_OBJECT_VERSION("s3:GetObjectVersion", Scope.OBJECT, AclPermission.READ),
  GET_OBJECT_ATTRIBUTES("s3:GetObjectAttributes", Scope.OBJECT, AclPermission.READ),
  GET_OBJECT_VERSION_ATTRIBUTES("s3:GetObjectVersionAttributes", Scope.OBJECT, AclPermission.READ),
  GET_OBJECT_ACL("s3:GetObjectAcl", Scope.OBJECT, AclPermission.READ_ACP),
  GET_OBJECT_VERSION_ACL("s3:GetObjectVersionAcl", Scope.OBJECT, AclPermission.READ_ACP),
  PUT_OBJECT_ACL("s3:PutObjectAcl", Scope.OBJECT, AclPermission.WRITE_ACP),
  PUT_OBJECT_VERSION_ACL("s3:PutObjectVersionAcl", Scope.OBJECT, AclPermission.WRITE_ACP),
  GET_OBJECT_TAGGING("s3:GetObjectTagging", Scope.OBJECT),
  GET_OBJECT_VERSION_TAGGING("s3:GetObjectVersionTagging", Scope.OBJECT),
  PUT_OBJECT_TAGGING("s3:PutObjectTagging", Scope.OBJECT),
  PUT_OBJECT_VERSION_TAGGING("s3:PutObjectVersionTagging", Scope.OBJECT),
  DELETE_OBJECT_TAGGING("s3:DeleteObjectTagging", Scope.OBJECT),
  DELETE_OBJECT_VERSION_TAGGING("s3:DeleteObjectVersionTagging", Scope.OBJECT);

  /** What an action is of. */
  enum Scope {
    ACCOUNT,
    BUCKET,
    /** What may come to be, or vanish, under a key: the owner of the bucket rules. */
    KEY,
    /** An object that is there: its owner rules. */
    OBJECT
  }

  private final String action;
  private final Scope scope;
  private final @Nullable AclPermission acl;

  S3Permission(String action, Scope scope) {
    this(action, scope, null);
  }

  S3Permission(String action, Scope scope, @Nullable AclPermission acl) {
    this.action = action;
    this.scope = scope;
    this.acl = acl;
  }

  /** As policies call it, such as s3:GetObject. */
  public String action() {
    return action;
  }

  Scope scope() {
    return scope;
  }

  /** What in an ACL grants it: that of the object for objects, else that of the bucket. */
  @Nullable AclPermission acl() {
    return acl;
  }

  /** The action when a version of the object is named; the same where there is no other. */
  S3Permission ofVersion() {
    return switch (this) {
      case DELETE_OBJECT -> DELETE_OBJECT_VERSION;
      case GET_OBJECT -> GET_OBJECT_VERSION;
      case GET_OBJECT_ATTRIBUTES -> GET_OBJECT_VERSION_ATTRIBUTES;
      case GET_OBJECT_ACL -> GET_OBJECT_VERSION_ACL;
      case PUT_OBJECT_ACL -> PUT_OBJECT_VERSION_ACL;
      case GET_OBJECT_TAGGING -> GET_OBJECT_VERSION_TAGGING;
      case PUT_OBJECT_TAGGING -> PUT_OBJECT_VERSION_TAGGING;
      case DELETE_OBJECT_TAGGING -> DELETE_OBJECT_VERSION_TAGGING;
      default -> this;
    };
  }
}
