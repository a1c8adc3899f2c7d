package io.coffer.service.operations;

import io.coffer.model.s3.DeleteObjectOutput;
import io.coffer.model.s3.DeleteObjectRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ObjectKey;
import io.coffer.service.S3Permission;
import io.coffer.service.Versions;
import io.coffer.service.WriteConditions;

/** DeleteObject: a delete marker, or one version for good. */
public final class DeleteObject implements Handler<DeleteObjectRequest, DeleteObjectOutput> {
  private final Authorization authorization;
  private final Versions versions;

  public DeleteObject(Authorization authorization, Versions versions) {
    this.authorization = authorization;
    this.versions = versions;
  }

  @Override
  public DeleteObjectOutput handle(DeleteObjectRequest request, Context context) {
    var access = authorization.access(DeleteObjectRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.DELETE_OBJECT, key, request.versionId());
    if (request.ifMatch() != null) {
      access.require(S3Permission.GET_OBJECT, key, request.versionId());
    }
    var conditions =
        new WriteConditions(
            request.ifMatch(), null, request.ifMatchLastModifiedTime(), request.ifMatchSize());
    var deleted = versions.delete(bucket, key, request.versionId(), conditions);
    return DeleteObjectOutput.builder()
        .versionId(deleted.versionId())
        .deleteMarker(deleted.deleteMarker() ? true : null)
        .build();
  }
}
