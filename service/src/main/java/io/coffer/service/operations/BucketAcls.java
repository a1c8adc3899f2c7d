package io.coffer.service.operations;

import io.coffer.model.s3.GetBucketAclOutput;
import io.coffer.model.s3.GetBucketAclRequest;
import io.coffer.model.s3.PutBucketAclOutput;
import io.coffer.model.s3.PutBucketAclRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Buckets;
import io.coffer.service.Context;
import io.coffer.service.S3Permission;
import io.coffer.service.acl.AclAccounts;
import io.coffer.service.acl.AclHeaders;
import io.coffer.service.acl.AclRules;

/** GetBucketAcl and PutBucketAcl: who may do what with a bucket beside what policies say. */
public final class BucketAcls {
  private final Authorization authorization;
  private final Buckets buckets;
  private final AclRules acls;
  private final AclAccounts accounts;

  public BucketAcls(
      Authorization authorization, Buckets buckets, AclRules acls, AclAccounts accounts) {
    this.authorization = authorization;
    this.buckets = buckets;
    this.acls = acls;
    this.accounts = accounts;
  }

  /** GetBucketAcl. */
  public GetBucketAclOutput get(GetBucketAclRequest request, Context context) {
    var bucket =
        authorization
            .access(GetBucketAclRequest.SHAPE, request, context)
            .require(S3Permission.GET_BUCKET_ACL);
    return GetBucketAclOutput.builder()
        .owner(accounts.owner(bucket.owner()))
        .grants(accounts.shown(acls.of(bucket)))
        .build();
  }

  /** PutBucketAcl. */
  public PutBucketAclOutput put(PutBucketAclRequest request, Context context) {
    var access = authorization.access(PutBucketAclRequest.SHAPE, request, context);
    var bucket = access.require(S3Permission.PUT_BUCKET_ACL);
    var headers =
        AclHeaders.of(
            request.acl(),
            request.grantRead(),
            request.grantWrite(),
            request.grantReadACP(),
            request.grantWriteACP(),
            request.grantFullControl());
    buckets.update(
        bucket,
        now ->
            now.withAcl(
                acls.ofBucket(
                    now, headers, request.accessControlPolicy(), access.block()::blockAcls)));
    return PutBucketAclOutput.builder().build();
  }
}
