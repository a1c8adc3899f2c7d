package io.coffer.service.operations;

import io.coffer.model.s3.GetBucketLocationOutput;
import io.coffer.model.s3.GetBucketLocationRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.S3Permission;
import org.jspecify.annotations.Nullable;

/** GetBucketLocation: the bucket's region; nothing for us-east-1, as in AWS. */
public final class GetBucketLocation
    implements Handler<GetBucketLocationRequest, GetBucketLocationOutput> {
  private final Authorization authorization;

  public GetBucketLocation(Authorization authorization) {
    this.authorization = authorization;
  }

  @Override
  public GetBucketLocationOutput handle(GetBucketLocationRequest request, Context context) {
    var bucket =
        authorization
            .access(GetBucketLocationRequest.SHAPE, request, context)
            .require(S3Permission.GET_BUCKET_LOCATION);
    return GetBucketLocationOutput.builder().locationConstraint(named(bucket.region())).build();
  }

  private static @Nullable String named(String region) {
    return region.equals("us-east-1") ? null : region;
  }
}
