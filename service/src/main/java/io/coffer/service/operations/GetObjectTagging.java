package io.coffer.service.operations;

import io.coffer.model.s3.GetObjectTaggingOutput;
import io.coffer.model.s3.GetObjectTaggingRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ObjectKey;
import io.coffer.service.S3Permission;
import io.coffer.service.Tags;
import io.coffer.service.Versions;

/** GetObjectTagging: the tags of a version. */
public final class GetObjectTagging
    implements Handler<GetObjectTaggingRequest, GetObjectTaggingOutput> {
  private final Authorization authorization;
  private final Versions versions;

  public GetObjectTagging(Authorization authorization, Versions versions) {
    this.authorization = authorization;
    this.versions = versions;
  }

  @Override
  public GetObjectTaggingOutput handle(GetObjectTaggingRequest request, Context context) {
    var access = authorization.access(GetObjectTaggingRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.GET_OBJECT_TAGGING, key, request.versionId());
    var version = access.finding(key, () -> versions.find(bucket, key, request.versionId()));
    return GetObjectTaggingOutput.builder()
        .versionId(VersionIds.shown(bucket, version))
        .tagSet(Tags.list(version.data().tags()))
        .build();
  }
}
