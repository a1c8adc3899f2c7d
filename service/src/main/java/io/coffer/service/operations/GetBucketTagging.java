package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.GetBucketTaggingOutput;
import io.coffer.model.s3.GetBucketTaggingRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Documents;
import io.coffer.service.Handler;
import io.coffer.service.S3Permission;
import io.coffer.service.Tags;

/** GetBucketTagging: the tags of a bucket. */
public final class GetBucketTagging
    implements Handler<GetBucketTaggingRequest, GetBucketTaggingOutput> {
  private final Authorization authorization;
  private final Documents documents;

  public GetBucketTagging(Authorization authorization, Documents documents) {
    this.authorization = authorization;
    this.documents = documents;
  }

  @Override
  public GetBucketTaggingOutput handle(GetBucketTaggingRequest request, Context context) {
    var bucket =
        authorization
            .access(GetBucketTaggingRequest.SHAPE, request, context)
            .require(S3Permission.GET_BUCKET_TAGGING);
    var tags = documents.tags(bucket);
    if (tags.isEmpty()) {
      throw S3Error.NO_SUCH_TAG_SET.exception().with("BucketName", bucket.name());
    }
    return GetBucketTaggingOutput.builder().tagSet(Tags.list(tags.get())).build();
  }
}
