package io.coffer.service.operations;

import io.coffer.model.s3.DeleteBucketOutput;
import io.coffer.model.s3.DeleteBucketRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Buckets;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.S3Permission;

/** DeleteBucket: gives the name of an empty bucket back. */
public final class DeleteBucket implements Handler<DeleteBucketRequest, DeleteBucketOutput> {
  private final Authorization authorization;
  private final Buckets buckets;

  public DeleteBucket(Authorization authorization, Buckets buckets) {
    this.authorization = authorization;
    this.buckets = buckets;
  }

  @Override
  public DeleteBucketOutput handle(DeleteBucketRequest request, Context context) {
    buckets.delete(
        authorization
            .access(DeleteBucketRequest.SHAPE, request, context)
            .require(S3Permission.DELETE_BUCKET));
    return DeleteBucketOutput.builder().build();
  }
}
