package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.DeletePublicAccessBlockOutput;
import io.coffer.model.s3.DeletePublicAccessBlockRequest;
import io.coffer.model.s3.GetPublicAccessBlockOutput;
import io.coffer.model.s3.GetPublicAccessBlockRequest;
import io.coffer.model.s3.PutPublicAccessBlockOutput;
import io.coffer.model.s3.PutPublicAccessBlockRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Documents;
import io.coffer.service.PublicAccessBlock;
import io.coffer.service.S3Permission;

/**
 * GetPublicAccessBlock, PutPublicAccessBlock and DeletePublicAccessBlock: what public access a
 * bucket blocks, whatever its policy and ACLs grant.
 */
final class PublicAccessBlocks {
  private final Authorization authorization;
  private final Documents documents;

  PublicAccessBlocks(Authorization authorization, Documents documents) {
    this.authorization = authorization;
    this.documents = documents;
  }

  GetPublicAccessBlockOutput get(GetPublicAccessBlockRequest request, Context context) {
    var bucket =
        authorization
            .access(GetPublicAccessBlockRequest.SHAPE, request, context)
            .require(S3Permission.GET_BUCKET_PUBLIC_ACCESS_BLOCK);
    var block =
        documents
            .publicAccessBlock(bucket)
            .orElseThrow(
                () ->
                    S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION
                        .exception()
                        .with("BucketName", bucket.name()));
    return GetPublicAccessBlockOutput.builder()
        .publicAccessBlockConfiguration(block.toModel())
        .build();
  }

  PutPublicAccessBlockOutput put(PutPublicAccessBlockRequest request, Context context) {
    var bucket =
        authorization
            .access(PutPublicAccessBlockRequest.SHAPE, request, context)
            .require(S3Permission.PUT_BUCKET_PUBLIC_ACCESS_BLOCK);
    var configuration = request.publicAccessBlockConfiguration();
    if (configuration == null) {
      throw S3Error.MALFORMED_XML.exception();
    }
    documents.putPublicAccessBlock(bucket, PublicAccessBlock.of(configuration));
    return PutPublicAccessBlockOutput.builder().build();
  }

  DeletePublicAccessBlockOutput delete(DeletePublicAccessBlockRequest request, Context context) {
    var bucket =
        authorization
            .access(DeletePublicAccessBlockRequest.SHAPE, request, context)
            .require(S3Permission.PUT_BUCKET_PUBLIC_ACCESS_BLOCK);
    documents.deleteRule(bucket, Documents.PUBLIC_ACCESS_BLOCK);
    return DeletePublicAccessBlockOutput.builder().build();
  }
}
