package io.coffer.service.operations;

import io.coffer.model.s3.GetObjectAclOutput;
import io.coffer.model.s3.GetObjectAclRequest;
import io.coffer.model.s3.PutObjectAclOutput;
import io.coffer.model.s3.PutObjectAclRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.ObjectKey;
import io.coffer.service.S3Permission;
import io.coffer.service.Versions;
import io.coffer.service.acl.AclAccounts;
import io.coffer.service.acl.AclHeaders;
import io.coffer.service.acl.AclRules;

/** GetObjectAcl and PutObjectAcl: who may do what with a version beside what policies say. */
public final class ObjectAcls {
  private final Authorization authorization;
  private final Versions versions;
  private final AclRules acls;
  private final AclAccounts accounts;

  public ObjectAcls(
      Authorization authorization, Versions versions, AclRules acls, AclAccounts accounts) {
    this.authorization = authorization;
    this.versions = versions;
    this.acls = acls;
    this.accounts = accounts;
  }

  /** GetObjectAcl. */
  public GetObjectAclOutput get(GetObjectAclRequest request, Context context) {
    var access = authorization.access(GetObjectAclRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.GET_OBJECT_ACL, key, request.versionId());
    var version = access.finding(key, () -> versions.find(bucket, key, request.versionId()));
    return GetObjectAclOutput.builder()
        .owner(accounts.owner(bucket.ownerOf(version)))
        .grants(accounts.shown(acls.of(bucket, version)))
        .build();
  }

  /** PutObjectAcl. */
  public PutObjectAclOutput put(PutObjectAclRequest request, Context context) {
    var access = authorization.access(PutObjectAclRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.PUT_OBJECT_ACL, key, request.versionId());
    var headers =
        AclHeaders.of(
            request.acl(),
            request.grantRead(),
            request.grantWrite(),
            request.grantReadACP(),
            request.grantWriteACP(),
            request.grantFullControl());
    access.finding(
        key,
        () ->
            versions.putAcl(
                bucket,
                key,
                request.versionId(),
                version ->
                    acls.ofObject(
                        bucket,
                        version,
                        headers,
                        request.accessControlPolicy(),
                        access.block()::blockAcls)));
    return PutObjectAclOutput.builder().build();
  }
}
