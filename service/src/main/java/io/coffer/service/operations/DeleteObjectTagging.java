package io.coffer.service.operations;

import io.coffer.model.s3.DeleteObjectTaggingOutput;
import io.coffer.model.s3.DeleteObjectTaggingRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ObjectKey;
import io.coffer.service.S3Permission;
import io.coffer.service.Versions;
import java.util.Map;

/** DeleteObjectTagging: no tags for a version. */
public final class DeleteObjectTagging
    implements Handler<DeleteObjectTaggingRequest, DeleteObjectTaggingOutput> {
  private final Authorization authorization;
  private final Versions versions;

  public DeleteObjectTagging(Authorization authorization, Versions versions) {
    this.authorization = authorization;
    this.versions = versions;
  }

  @Override
  public DeleteObjectTaggingOutput handle(DeleteObjectTaggingRequest request, Context context) {
    var access = authorization.access(DeleteObjectTaggingRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.DELETE_OBJECT_TAGGING, key, request.versionId());
    var version =
        access.finding(key, () -> versions.tag(bucket, key, request.versionId(), Map.of()));
    return DeleteObjectTaggingOutput.builder().versionId(VersionIds.shown(bucket, version)).build();
  }
}
