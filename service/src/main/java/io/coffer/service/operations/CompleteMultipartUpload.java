package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.CompleteMultipartUploadOutput;
import io.coffer.model.s3.CompleteMultipartUploadRequest;
import io.coffer.model.s3.CompletedPart;
import io.coffer.service.Authorization;
import io.coffer.service.Bucket;
import io.coffer.service.Completion;
import io.coffer.service.Completions;
import io.coffer.service.Context;
import io.coffer.service.ETags;
import io.coffer.service.Handler;
import io.coffer.service.ModelChecksums;
import io.coffer.service.ObjectKey;
import io.coffer.service.ObjectVersion;
import io.coffer.service.Part;
import io.coffer.service.S3Permission;
import io.coffer.service.Unsupported;
import io.coffer.service.WriteConditions;
import java.util.List;

/** CompleteMultipartUpload: the parts named become an object; to repeat it does no harm. */
public final class CompleteMultipartUpload
    implements Handler<CompleteMultipartUploadRequest, CompleteMultipartUploadOutput> {
  private final Authorization authorization;
  private final Completions completions;

  public CompleteMultipartUpload(Authorization authorization, Completions completions) {
    this.authorization = authorization;
    this.completions = completions;
  }

  @Override
  public CompleteMultipartUploadOutput handle(
      CompleteMultipartUploadRequest request, Context context) {
    var access = authorization.access(CompleteMultipartUploadRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.PUT_OBJECT, key, null);
    if (request.ifMatch() != null) {
      access.require(S3Permission.GET_OBJECT, key, null);
    }
    Unsupported.encryption(null, null, request.sseCustomerAlgorithm(), request.sseCustomerKey());
    var wanted =
        new Completions.Wanted(
            named(request),
            WriteConditions.of(request.ifMatch(), request.ifNoneMatch()),
            ModelChecksums.given(CompleteMultipartUploadRequest.SHAPE, request),
            request.checksumType() == null ? null : request.checksumType().wire(),
            request.mpuObjectSize());
    var version = completions.complete(bucket, key, String.valueOf(request.uploadId()), wanted);
    return output(bucket, key, version);
  }

  private static CompleteMultipartUploadOutput output(
      Bucket bucket, ObjectKey key, ObjectVersion version) {
    var object = version.data();
    var output =
        CompleteMultipartUploadOutput.builder()
            .location("/" + bucket.name() + "/" + key.text())
            .bucket(bucket.name())
            .key(key.text())
            .eTag(ETags.quoted(object.eTag()))
            .checksumType(ListedObjects.type(object.checksum()))
            .versionId(VersionIds.made(version));
    ModelChecksums.set(CompleteMultipartUploadOutput.SHAPE, output, object.checksum());
    return output.build();
  }

  private static List<Completion.Named> named(CompleteMultipartUploadRequest request) {
    var upload = request.multipartUpload();
    if (upload == null || upload.parts() == null || upload.parts().isEmpty()) {
      throw S3Error.MALFORMED_XML.exception();
    }
    if (upload.parts().size() > Part.MAX_NUMBER) {
      throw S3Error.TOO_MANY_PARTS.exception();
    }
    return upload.parts().stream().map(CompleteMultipartUpload::named).toList();
  }

  private static Completion.Named named(CompletedPart part) {
    if (part.partNumber() == null || part.eTag() == null) {
      throw S3Error.MALFORMED_XML.exception();
    }
    return new Completion.Named(
        part.partNumber(), part.eTag(), ModelChecksums.given(CompletedPart.SHAPE, part));
  }
}
