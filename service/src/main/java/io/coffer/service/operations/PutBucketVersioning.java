package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.MFADelete;
import io.coffer.model.s3.PutBucketVersioningOutput;
import io.coffer.model.s3.PutBucketVersioningRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Buckets;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.S3Permission;
import io.coffer.service.Versioning;

/** PutBucketVersioning: from now on earlier versions are kept, or no longer. */
public final class PutBucketVersioning
    implements Handler<PutBucketVersioningRequest, PutBucketVersioningOutput> {
  private final Authorization authorization;
  private final Buckets buckets;

  public PutBucketVersioning(Authorization authorization, Buckets buckets) {
    this.authorization = authorization;
    this.buckets = buckets;
  }

  @Override
  public PutBucketVersioningOutput handle(PutBucketVersioningRequest request, Context context) {
    var bucket =
        authorization
            .access(PutBucketVersioningRequest.SHAPE, request, context)
            .require(S3Permission.PUT_BUCKET_VERSIONING);
    var configuration = request.versioningConfiguration();
    if (configuration == null) {
      throw S3Error.MISSING_REQUEST_BODY.exception();
    }
    if (configuration.mfaDelete() == MFADelete.ENABLED) {
      throw S3Error.NOT_IMPLEMENTED.exception("MFA delete is not implemented.");
    }
    if (configuration.status() == null) {
      throw S3Error.ILLEGAL_VERSIONING_CONFIGURATION.exception(
          "The Versioning element must be specified");
    }
    var wanted =
        switch (configuration.status()) {
          case ENABLED -> Versioning.ENABLED;
          case SUSPENDED -> Versioning.SUSPENDED;
        };
    buckets.update(bucket, now -> now.withVersioning(wanted));
    return PutBucketVersioningOutput.builder().build();
  }
}
