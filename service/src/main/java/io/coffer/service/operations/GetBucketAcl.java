package io.coffer.service.operations;

import io.coffer.model.s3.GetBucketAclOutput;
import io.coffer.model.s3.GetBucketAclRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.S3Permission;

/** GetBucketAcl: the owner has full control, and nobody else any. */
public final class GetBucketAcl implements Handler<GetBucketAclRequest, GetBucketAclOutput> {
  private final Authorization authorization;
  private final ListedObjects listed;

  public GetBucketAcl(Authorization authorization, ListedObjects listed) {
    this.authorization = authorization;
    this.listed = listed;
  }

  @Override
  public GetBucketAclOutput handle(GetBucketAclRequest request, Context context) {
    var bucket =
        authorization
            .access(GetBucketAclRequest.SHAPE, request, context)
            .require(S3Permission.GET_BUCKET_ACL);
    var owner = listed.owner(bucket);
    return GetBucketAclOutput.builder().owner(owner).grants(OwnersAcl.of(owner)).build();
  }
}
