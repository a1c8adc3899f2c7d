package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.CopyPartResult;
import io.coffer.model.s3.UploadPartCopyOutput;
import io.coffer.model.s3.UploadPartCopyRequest;
import io.coffer.service.Authorization;
import io.coffer.service.ByteRange;
import io.coffer.service.Contents;
import io.coffer.service.Context;
import io.coffer.service.CopySource;
import io.coffer.service.ETags;
import io.coffer.service.ExpectedChecksums;
import io.coffer.service.Handler;
import io.coffer.service.ModelChecksums;
import io.coffer.service.ObjectKey;
import io.coffer.service.ObjectReads;
import io.coffer.service.PartOfObject;
import io.coffer.service.ReadConditions;
import io.coffer.service.S3Permission;
import io.coffer.service.Unsupported;
import io.coffer.service.Uploads;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** UploadPartCopy: a part with bytes of an object that is already here. */
public final class UploadPartCopy implements Handler<UploadPartCopyRequest, UploadPartCopyOutput> {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");

  private final Authorization authorization;
  private final Uploads uploads;
  private final Contents contents;
  private final ObjectReads reads;

  public UploadPartCopy(
      Authorization authorization, Uploads uploads, Contents contents, ObjectReads reads) {
    this.authorization = authorization;
    this.uploads = uploads;
    this.contents = contents;
    this.reads = reads;
  }

  @Override
  public UploadPartCopyOutput handle(UploadPartCopyRequest request, Context context)
      throws IOException {
    var access = authorization.access(UploadPartCopyRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.PUT_OBJECT, key, null);
    Unsupported.encryption(null, null, request.sseCustomerAlgorithm(), request.sseCustomerKey());
    Unsupported.encryption(
        null, null, request.copySourceSSECustomerAlgorithm(), request.copySourceSSECustomerKey());
    int number = PartOfObject.checkNumber(request.partNumber());
    var upload = uploads.find(bucket, key, String.valueOf(request.uploadId()));
    var from = CopySource.parse(request.copySource());
    var sourceAccess = authorization.source(UploadPartCopyRequest.SHAPE, request, from, context);
    var sourceBucket = sourceAccess.require(S3Permission.GET_OBJECT, from.key(), from.versionId());
    var conditions =
        new ReadConditions(
            request.copySourceIfMatch(),
            request.copySourceIfNoneMatch(),
            request.copySourceIfModifiedSince(),
            request.copySourceIfUnmodifiedSince());
    var source =
        sourceAccess.finding(
            from.key(),
            () ->
                reads.openSource(
                    sourceBucket,
                    from,
                    found -> {
                      conditions.checkCopySource(found);
                      return range(request.copySourceRange(), found.data().size());
                    }));
    var algorithm = upload.algorithm() == null ? ExpectedChecksums.DEFAULT : upload.algorithm();
    var received = contents.receive(bucket, source.body(), ExpectedChecksums.none(algorithm));
    var lastModified =
        contents.using(received, () -> uploads.put(bucket, upload, number, received));
    var result =
        CopyPartResult.builder().eTag(ETags.quoted(received.eTag())).lastModified(lastModified);
    ModelChecksums.set(CopyPartResult.SHAPE, result, received.checksum());
    return UploadPartCopyOutput.builder()
        .copyPartResult(result.build())
        .copySourceVersionId(VersionIds.shown(sourceBucket, source.version()))
        .build();
  }

  /** Stricter than Range: both ends are given and lie within the source. */
  private static ByteRange range(@Nullable String header, long size) {
    if (header == null) {
      return new ByteRange(0, size);
    }
    var match = RANGE.matcher(header);
    long first = match.matches() ? Long.parseLong(match.group(1)) : -1;
    long last = match.matches() ? Long.parseLong(match.group(2)) : -1;
    if (first < 0 || last < first) {
      throw S3Error.INVALID_ARGUMENT
          .exception(
              "The x-amz-copy-source-range value must be of the form bytes=first-last where first"
                  + " and last are the zero-based offsets of the first and last bytes to copy")
          .with("ArgumentName", "x-amz-copy-source-range")
          .with("ArgumentValue", header);
    }
    if (last >= size) {
      throw S3Error.INVALID_RANGE
          .exception("Range specified is not valid for source object of size: " + size)
          .with("ArgumentName", "x-amz-copy-source-range")
          .with("ArgumentValue", header);
    }
    return new ByteRange(first, last - first + 1);
  }
}
