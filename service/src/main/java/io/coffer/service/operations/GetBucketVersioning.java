package io.coffer.service.operations;

import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.GetBucketVersioningOutput;
import io.coffer.model.s3.GetBucketVersioningRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.S3Permission;

/** GetBucketVersioning: Enabled, Suspended, or nothing where it was never switched on. */
public final class GetBucketVersioning
    implements Handler<GetBucketVersioningRequest, GetBucketVersioningOutput> {
  private final Authorization authorization;

  public GetBucketVersioning(Authorization authorization) {
    this.authorization = authorization;
  }

  @Override
  public GetBucketVersioningOutput handle(GetBucketVersioningRequest request, Context context) {
    var bucket =
        authorization
            .access(GetBucketVersioningRequest.SHAPE, request, context)
            .require(S3Permission.GET_BUCKET_VERSIONING);
    var status =
        switch (bucket.versioning()) {
          case NEVER -> null;
          case ENABLED -> BucketVersioningStatus.ENABLED;
          case SUSPENDED -> BucketVersioningStatus.SUSPENDED;
        };
    return GetBucketVersioningOutput.builder().status(status).build();
  }
}
