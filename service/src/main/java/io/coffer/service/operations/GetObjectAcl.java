package io.coffer.service.operations;

import io.coffer.model.s3.GetObjectAclOutput;
import io.coffer.model.s3.GetObjectAclRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ObjectKey;
import io.coffer.service.S3Permission;
import io.coffer.service.Versions;

/** GetObjectAcl: the owner has full control, and nobody else any. */
public final class GetObjectAcl implements Handler<GetObjectAclRequest, GetObjectAclOutput> {
  private final Authorization authorization;
  private final Versions versions;
  private final ListedObjects listed;

  public GetObjectAcl(Authorization authorization, Versions versions, ListedObjects listed) {
    this.authorization = authorization;
    this.versions = versions;
    this.listed = listed;
  }

  @Override
  public GetObjectAclOutput handle(GetObjectAclRequest request, Context context) {
    var access = authorization.access(GetObjectAclRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.GET_OBJECT_ACL, key, request.versionId());
    access.finding(key, () -> versions.find(bucket, key, request.versionId()));
    var owner = listed.owner(bucket);
    return GetObjectAclOutput.builder().owner(owner).grants(OwnersAcl.of(owner)).build();
  }
}
