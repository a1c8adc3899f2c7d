package io.coffer.service.operations;

import io.coffer.checksums.Algorithm;
import io.coffer.model.S3Error;
import io.coffer.model.s3.ChecksumType;
import io.coffer.model.s3.CopyObjectOutput;
import io.coffer.model.s3.CopyObjectRequest;
import io.coffer.model.s3.CopyObjectResult;
import io.coffer.model.s3.MetadataDirective;
import io.coffer.model.s3.TaggingDirective;
import io.coffer.service.Authorization;
import io.coffer.service.Bucket;
import io.coffer.service.BucketAccess;
import io.coffer.service.ByteRange;
import io.coffer.service.Contents;
import io.coffer.service.Context;
import io.coffer.service.CopySource;
import io.coffer.service.ETags;
import io.coffer.service.ExpectedChecksums;
import io.coffer.service.Handler;
import io.coffer.service.Metadata;
import io.coffer.service.ModelChecksums;
import io.coffer.service.ObjectKey;
import io.coffer.service.ObjectReads;
import io.coffer.service.ObjectVersion;
import io.coffer.service.ReadConditions;
import io.coffer.service.S3Permission;
import io.coffer.service.StorageClasses;
import io.coffer.service.Tags;
import io.coffer.service.Unsupported;
import io.coffer.service.Versions;
import io.coffer.service.WriteConditions;
import io.coffer.service.acl.AclHeaders;
import io.coffer.service.acl.AclRules;
import java.io.IOException;
import java.util.Map;

/** CopyObject: a new object with the bytes of another, up to 5 GiB. */
public final class CopyObject implements Handler<CopyObjectRequest, CopyObjectOutput> {
  private static final long MAX_SIZE = 5L << 30;

  private final Authorization authorization;
  private final Versions versions;
  private final Contents contents;
  private final ObjectReads reads;
  private final AclRules acls;

  public CopyObject(
      Authorization authorization,
      Versions versions,
      Contents contents,
      ObjectReads reads,
      AclRules acls) {
    this.acls = acls;
    this.authorization = authorization;
    this.versions = versions;
    this.contents = contents;
    this.reads = reads;
  }

  @Override
  public CopyObjectOutput handle(CopyObjectRequest request, Context context) throws IOException {
    var access = authorization.access(CopyObjectRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.PUT_OBJECT, key, null);
    refuseUnsupported(request);
    var acl = aclHeaders(request);
    var from = CopySource.parse(request.copySource());
    var sourceAccess = authorization.source(CopyObjectRequest.SHAPE, request, from, context);
    var sourceBucket = sourceAccess.require(S3Permission.GET_OBJECT, from.key(), from.versionId());
    var writing = WriteConditions.of(request.ifMatch(), request.ifNoneMatch());
    if (request.ifMatch() != null) {
      access.require(S3Permission.GET_OBJECT, key, null);
    }
    writing.checkPut(versions.current(bucket, key));
    var opened = open(request, sourceAccess, from, bucket, key);
    var source = opened.version();
    try (var body = opened.body()) {
      var metadata = metadata(request, source.data());
      var tags = tags(request, sourceAccess, from, source.data());
      access.requireForNew(key, !tags.isEmpty(), !acl.isEmpty());
      var owned = acls.ofNewObject(bucket, context.caller(), acl, access.block()::blockAcls);
      var received =
          contents.receive(bucket, body, ExpectedChecksums.none(algorithm(request, source.data())));
      var version =
          contents.using(
              received,
              () ->
                  versions.put(
                      bucket,
                      key,
                      writing,
                      owned.owner(),
                      new ObjectVersion.Data(
                          received.size(),
                          received.eTag(),
                          received.content(),
                          metadata,
                          StorageClasses.of(request.storageClass()),
                          received.checksum(),
                          tags,
                          owned.acl())));
      return CopyObjectOutput.builder()
          .copyObjectResult(result(received, version))
          .versionId(VersionIds.made(version))
          .copySourceVersionId(VersionIds.shown(sourceBucket, source))
          .build();
    }
  }

  private ObjectReads.Opened open(
      CopyObjectRequest request,
      BucketAccess source,
      CopySource from,
      Bucket bucket,
      ObjectKey key) {
    return source.finding(
        from.key(),
        () ->
            reads.openSource(
                source.bucket(),
                from,
                found -> {
                  checkSource(request, found);
                  checkSelfCopy(request, bucket, key, from);
                  return new ByteRange(0, found.data().size());
                }));
  }

  private static CopyObjectResult result(Contents.Received received, ObjectVersion version) {
    var result =
        CopyObjectResult.builder()
            .eTag(ETags.quoted(received.eTag()))
            .lastModified(version.lastModified())
            .checksumType(ChecksumType.FULL_OBJECT);
    ModelChecksums.set(CopyObjectResult.SHAPE, result, received.checksum());
    return result.build();
  }

  private static void checkSource(CopyObjectRequest request, ObjectVersion source) {
    new ReadConditions(
            request.copySourceIfMatch(),
            request.copySourceIfNoneMatch(),
            request.copySourceIfModifiedSince(),
            request.copySourceIfUnmodifiedSince())
        .checkCopySource(source);
    if (source.data().size() > MAX_SIZE) {
      throw S3Error.INVALID_REQUEST.exception(
          "The specified copy source is larger than the maximum allowable size for a copy source: "
              + MAX_SIZE);
    }
  }

  private static void refuseUnsupported(CopyObjectRequest request) {
    Unsupported.encryption(
        request.serverSideEncryption(),
        request.ssekmsKeyId(),
        request.sseCustomerAlgorithm(),
        request.sseCustomerKey());
    Unsupported.encryption(
        null, null, request.copySourceSSECustomerAlgorithm(), request.copySourceSSECustomerKey());
    Unsupported.lock(
        request.objectLockMode(),
        request.objectLockRetainUntilDate(),
        request.objectLockLegalHoldStatus());
  }

  private static AclHeaders aclHeaders(CopyObjectRequest request) {
    return AclHeaders.of(
        request.acl(),
        request.grantRead(),
        null,
        request.grantReadACP(),
        request.grantWriteACP(),
        request.grantFullControl());
  }

  private static void checkSelfCopy(
      CopyObjectRequest request, Bucket bucket, ObjectKey key, CopySource from) {
    boolean changesNothing =
        request.metadataDirective() != MetadataDirective.REPLACE
            && request.storageClass() == null
            && request.websiteRedirectLocation() == null
            && from.versionId() == null;
    if (changesNothing && from.bucket().equals(bucket.name()) && from.key().equals(key)) {
      throw S3Error.INVALID_REQUEST.exception(
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class, website redirect location or"
              + " encryption attributes.");
    }
  }

  private static Metadata metadata(CopyObjectRequest request, ObjectVersion.Data source) {
    if (request.metadataDirective() != MetadataDirective.REPLACE) {
      return source.metadata().withWebsiteRedirectLocation(request.websiteRedirectLocation());
    }
    return Metadata.of(
        request.contentType(),
        request.cacheControl(),
        request.contentDisposition(),
        request.contentEncoding(),
        request.contentLanguage(),
        request.expires(),
        request.websiteRedirectLocation(),
        request.metadata());
  }

  /** Those that come along may be read only by who may read the source's. */
  private static Map<String, String> tags(
      CopyObjectRequest request, BucketAccess access, CopySource from, ObjectVersion.Data source) {
    if (request.taggingDirective() == TaggingDirective.REPLACE) {
      return Tags.parse(request.tagging());
    }
    if (!source.tags().isEmpty()) {
      access.require(S3Permission.GET_OBJECT_TAGGING, from.key(), from.versionId());
    }
    return source.tags();
  }

  /** The one asked for, else the source's, else S3's default. */
  private static Algorithm algorithm(CopyObjectRequest request, ObjectVersion.Data source) {
    var wanted = request.checksumAlgorithm();
    if (wanted != null) {
      return Algorithm.valueOf(wanted.wire());
    }
    return source.checksum() == null ? ExpectedChecksums.DEFAULT : source.checksum().algorithm();
  }
}
