package io.coffer.service.operations;

import io.coffer.model.s3.DeleteBucketTaggingOutput;
import io.coffer.model.s3.DeleteBucketTaggingRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Documents;
import io.coffer.service.Handler;
import io.coffer.service.S3Permission;

/** DeleteBucketTagging: no tags for a bucket. */
public final class DeleteBucketTagging
    implements Handler<DeleteBucketTaggingRequest, DeleteBucketTaggingOutput> {
  private final Authorization authorization;
  private final Documents documents;

  public DeleteBucketTagging(Authorization authorization, Documents documents) {
    this.authorization = authorization;
    this.documents = documents;
  }

  @Override
  public DeleteBucketTaggingOutput handle(DeleteBucketTaggingRequest request, Context context) {
    var bucket =
        authorization
            .access(DeleteBucketTaggingRequest.SHAPE, request, context)
            .require(S3Permission.PUT_BUCKET_TAGGING);
    documents.delete(bucket, Documents.TAGGING);
    return DeleteBucketTaggingOutput.builder().build();
  }
}
