package io.coffer.service.operations;

import io.coffer.model.s3.AbortMultipartUploadOutput;
import io.coffer.model.s3.AbortMultipartUploadRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ObjectKey;
import io.coffer.service.S3Permission;
import io.coffer.service.Uploads;

/** AbortMultipartUpload: the parts are forgotten. */
public final class AbortMultipartUpload
    implements Handler<AbortMultipartUploadRequest, AbortMultipartUploadOutput> {
  private final Authorization authorization;
  private final Uploads uploads;

  public AbortMultipartUpload(Authorization authorization, Uploads uploads) {
    this.authorization = authorization;
    this.uploads = uploads;
  }

  @Override
  public AbortMultipartUploadOutput handle(AbortMultipartUploadRequest request, Context context) {
    var access = authorization.access(AbortMultipartUploadRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.ABORT_MULTIPART_UPLOAD, key, null);
    uploads.abort(bucket, key, String.valueOf(request.uploadId()));
    return AbortMultipartUploadOutput.builder().build();
  }
}
