package io.coffer.service.operations;

import io.coffer.model.s3.ChecksumMode;
import io.coffer.model.s3.GetObjectOutput;
import io.coffer.model.s3.GetObjectRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Bucket;
import io.coffer.service.Context;
import io.coffer.service.ETags;
import io.coffer.service.Handler;
import io.coffer.service.ModelChecksums;
import io.coffer.service.ObjectKey;
import io.coffer.service.ObjectReads;
import io.coffer.service.ObjectVersion;
import io.coffer.service.ReadConditions;
import io.coffer.service.S3Permission;
import io.coffer.service.StorageClasses;
import io.coffer.service.Unsupported;
import org.jspecify.annotations.Nullable;

/** GetObject: the bytes of one version, or a part or range of them. */
public final class GetObject implements Handler<GetObjectRequest, GetObjectOutput> {
  private final Authorization authorization;
  private final ObjectReads reads;

  public GetObject(Authorization authorization, ObjectReads reads) {
    this.authorization = authorization;
    this.reads = reads;
  }

  @Override
  public GetObjectOutput handle(GetObjectRequest request, Context context) {
    var access = authorization.access(GetObjectRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.GET_OBJECT, key, request.versionId());
    Unsupported.encryption(null, null, request.sseCustomerAlgorithm(), request.sseCustomerKey());
    var conditions =
        new ReadConditions(
            request.ifMatch(),
            request.ifNoneMatch(),
            request.ifModifiedSince(),
            request.ifUnmodifiedSince());
    var opened =
        access.finding(
            key,
            () ->
                reads.open(
                    bucket,
                    key,
                    request.versionId(),
                    found -> {
                      conditions.check(found);
                      return selection(request, found).range();
                    }));
    try {
      return output(request, bucket, opened);
    } catch (RuntimeException e) {
      opened.body().close();
      throw e;
    }
  }

  private GetObjectOutput output(
      GetObjectRequest request, Bucket bucket, ObjectReads.Opened opened) {
    var version = opened.version();
    var object = version.data();
    var read = selection(request, version);
    var metadata = object.metadata();
    var output =
        GetObjectOutput.builder()
            .acceptRanges("bytes")
            .lastModified(version.lastModified())
            .contentLength(read.range().length())
            .contentRange(read.contentRange())
            .eTag(ETags.quoted(object.eTag()))
            .versionId(VersionIds.shown(bucket, version))
            .contentType(or(request.responseContentType(), metadata.contentType()))
            .cacheControl(or(request.responseCacheControl(), metadata.cacheControl()))
            .contentDisposition(
                or(request.responseContentDisposition(), metadata.contentDisposition()))
            .contentEncoding(or(request.responseContentEncoding(), metadata.contentEncoding()))
            .contentLanguage(or(request.responseContentLanguage(), metadata.contentLanguage()))
            .expires(or(request.responseExpires(), metadata.expires()))
            .websiteRedirectLocation(metadata.websiteRedirectLocation())
            .metadata(metadata.user())
            .storageClass(StorageClasses.shown(object.storageClass()))
            .partsCount(read.partsCount())
            .tagCount(object.tags().isEmpty() ? null : object.tags().size());
    if (request.checksumMode() == ChecksumMode.ENABLED) {
      var checksum = reads.checksum(bucket, object, request.partNumber(), read.isWholeObject());
      ModelChecksums.set(GetObjectOutput.SHAPE, output, checksum);
      output.checksumType(checksum == null ? null : ListedObjects.type(object.checksum()));
    }
    return output.body(opened.body()).build();
  }

  private static Selection selection(GetObjectRequest request, ObjectVersion version) {
    return Selection.of(version.data(), request.range(), request.partNumber());
  }

  private static <T> @Nullable T or(@Nullable T override, @Nullable T kept) {
    return override == null ? kept : override;
  }
}
