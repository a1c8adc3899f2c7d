package io.coffer.service.operations;

import io.coffer.model.s3.ChecksumMode;
import io.coffer.model.s3.HeadObjectOutput;
import io.coffer.model.s3.HeadObjectRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.ETags;
import io.coffer.service.Handler;
import io.coffer.service.ModelChecksums;
import io.coffer.service.ObjectKey;
import io.coffer.service.ObjectReads;
import io.coffer.service.ReadConditions;
import io.coffer.service.S3Permission;
import io.coffer.service.StorageClasses;
import io.coffer.service.Unsupported;
import io.coffer.service.Versions;
import org.jspecify.annotations.Nullable;

/** HeadObject: what GetObject answers, without the bytes. */
public final class HeadObject implements Handler<HeadObjectRequest, HeadObjectOutput> {
  private final Authorization authorization;
  private final Versions versions;
  private final ObjectReads reads;

  public HeadObject(Authorization authorization, Versions versions, ObjectReads reads) {
    this.authorization = authorization;
    this.versions = versions;
    this.reads = reads;
  }

  @Override
  public HeadObjectOutput handle(HeadObjectRequest request, Context context) {
    var access = authorization.access(HeadObjectRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.GET_OBJECT, key, request.versionId());
    Unsupported.encryption(null, null, request.sseCustomerAlgorithm(), request.sseCustomerKey());
    var version = access.finding(key, () -> versions.find(bucket, key, request.versionId()));
    new ReadConditions(
            request.ifMatch(),
            request.ifNoneMatch(),
            request.ifModifiedSince(),
            request.ifUnmodifiedSince())
        .check(version);
    var object = version.data();
    var read = Selection.of(object, request.range(), request.partNumber());
    var metadata = object.metadata();
    var output =
        HeadObjectOutput.builder()
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
      ModelChecksums.set(HeadObjectOutput.SHAPE, output, checksum);
      output.checksumType(checksum == null ? null : ListedObjects.type(object.checksum()));
    }
    return output.build();
  }

  private static <T> @Nullable T or(@Nullable T override, @Nullable T kept) {
    return override == null ? kept : override;
  }
}
