package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.PutObjectTaggingOutput;
import io.coffer.model.s3.PutObjectTaggingRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ObjectKey;
import io.coffer.service.S3Permission;
import io.coffer.service.Tags;
import io.coffer.service.Versions;

/** PutObjectTagging: other tags for a version. */
public final class PutObjectTagging
    implements Handler<PutObjectTaggingRequest, PutObjectTaggingOutput> {
  private final Authorization authorization;
  private final Versions versions;

  public PutObjectTagging(Authorization authorization, Versions versions) {
    this.authorization = authorization;
    this.versions = versions;
  }

  @Override
  public PutObjectTaggingOutput handle(PutObjectTaggingRequest request, Context context) {
    var access = authorization.access(PutObjectTaggingRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.PUT_OBJECT_TAGGING, key, request.versionId());
    var tagging = request.tagging();
    if (tagging == null) {
      throw S3Error.MALFORMED_XML.exception();
    }
    var tags = Tags.of(tagging.tagSet(), Tags.MAX_OF_OBJECT);
    var version = access.finding(key, () -> versions.tag(bucket, key, request.versionId(), tags));
    return PutObjectTaggingOutput.builder().versionId(VersionIds.shown(bucket, version)).build();
  }
}
