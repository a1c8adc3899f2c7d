package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.PutBucketTaggingOutput;
import io.coffer.model.s3.PutBucketTaggingRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Documents;
import io.coffer.service.Handler;
import io.coffer.service.S3Permission;
import io.coffer.service.Tags;

/** PutBucketTagging: other tags for a bucket. */
public final class PutBucketTagging
    implements Handler<PutBucketTaggingRequest, PutBucketTaggingOutput> {
  private final Authorization authorization;
  private final Documents documents;

  public PutBucketTagging(Authorization authorization, Documents documents) {
    this.authorization = authorization;
    this.documents = documents;
  }

  @Override
  public PutBucketTaggingOutput handle(PutBucketTaggingRequest request, Context context) {
    var bucket =
        authorization
            .access(PutBucketTaggingRequest.SHAPE, request, context)
            .require(S3Permission.PUT_BUCKET_TAGGING);
    var tagging = request.tagging();
    if (tagging == null) {
      throw S3Error.MALFORMED_XML.exception();
    }
    documents.putTags(bucket, Tags.of(tagging.tagSet(), Tags.MAX_OF_BUCKET));
    return PutBucketTaggingOutput.builder().build();
  }
}
