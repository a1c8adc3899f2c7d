package io.coffer.service.operations;

import io.coffer.checksums.Algorithm;
import io.coffer.model.S3Error;
import io.coffer.model.s3.UploadPartOutput;
import io.coffer.model.s3.UploadPartRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Contents;
import io.coffer.service.Context;
import io.coffer.service.ETags;
import io.coffer.service.ExpectedChecksums;
import io.coffer.service.Handler;
import io.coffer.service.ModelChecksums;
import io.coffer.service.ObjectKey;
import io.coffer.service.PartOfObject;
import io.coffer.service.S3Permission;
import io.coffer.service.Unsupported;
import io.coffer.service.Upload;
import io.coffer.service.Uploads;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** UploadPart: one part from one body; a part with the same number is replaced. */
public final class UploadPart implements Handler<UploadPartRequest, UploadPartOutput> {
  private final Authorization authorization;
  private final Uploads uploads;
  private final Contents contents;

  public UploadPart(Authorization authorization, Uploads uploads, Contents contents) {
    this.authorization = authorization;
    this.uploads = uploads;
    this.contents = contents;
  }

  @Override
  public UploadPartOutput handle(UploadPartRequest request, Context context) throws IOException {
    var access = authorization.access(UploadPartRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.PUT_OBJECT, key, null);
    Unsupported.encryption(null, null, request.sseCustomerAlgorithm(), request.sseCustomerKey());
    int number = PartOfObject.checkNumber(request.partNumber());
    var upload = uploads.find(bucket, key, String.valueOf(request.uploadId()));
    var received = contents.receive(bucket, request.body(), expectedChecksums(request, upload));
    contents.using(received, () -> uploads.put(bucket, upload, number, received));
    var output = UploadPartOutput.builder().eTag(ETags.quoted(received.eTag()));
    ModelChecksums.set(UploadPartOutput.SHAPE, output, received.checksum());
    return output.build();
  }

  private static ExpectedChecksums expectedChecksums(UploadPartRequest request, Upload upload) {
    var body = request.body();
    var expected =
        ExpectedChecksums.of(
            request.contentMD5(),
            body == null ? List.of() : body.announcedTrailers(),
            ModelChecksums.given(UploadPartRequest.SHAPE, request),
            upload.algorithm() == null ? ExpectedChecksums.DEFAULT : upload.algorithm());
    checkAlgorithm(upload, expected.algorithm());
    return expected;
  }

  private static void checkAlgorithm(Upload upload, Algorithm given) {
    if (upload.algorithm() != null && upload.algorithm() != given) {
      throw S3Error.INVALID_REQUEST.exception(
          "Checksum Type mismatch occurred, expected checksum Type: "
              + upload.algorithm().name().toLowerCase(Locale.ROOT)
              + ", actual checksum Type: "
              + given.name().toLowerCase(Locale.ROOT));
    }
  }
}
