package io.coffer.service.operations;

import io.coffer.model.s3.HeadBucketOutput;
import io.coffer.model.s3.HeadBucketRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.S3Permission;

/** HeadBucket: whether a bucket exists and the caller may use it. */
public final class HeadBucket implements Handler<HeadBucketRequest, HeadBucketOutput> {
  private final Authorization authorization;

  public HeadBucket(Authorization authorization) {
    this.authorization = authorization;
  }

  @Override
  public HeadBucketOutput handle(HeadBucketRequest request, Context context) {
    var bucket =
        authorization
            .access(HeadBucketRequest.SHAPE, request, context)
            .require(S3Permission.LIST_BUCKET);
    return HeadBucketOutput.builder().bucketRegion(bucket.region()).accessPointAlias(false).build();
  }
}
