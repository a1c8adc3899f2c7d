package io.coffer.service.operations;

import io.coffer.model.s3.ChecksumType;
import io.coffer.model.s3.PutObjectOutput;
import io.coffer.model.s3.PutObjectRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Contents;
import io.coffer.service.Context;
import io.coffer.service.ETags;
import io.coffer.service.ExpectedChecksums;
import io.coffer.service.Handler;
import io.coffer.service.Metadata;
import io.coffer.service.ModelChecksums;
import io.coffer.service.ObjectKey;
import io.coffer.service.ObjectVersion;
import io.coffer.service.S3Permission;
import io.coffer.service.StorageClasses;
import io.coffer.service.Tags;
import io.coffer.service.Unsupported;
import io.coffer.service.Versions;
import io.coffer.service.WriteConditions;
import io.coffer.service.acl.AclHeaders;
import io.coffer.service.acl.AclRules;
import java.io.IOException;
import java.util.List;

/** PutObject: a whole object from one body. */
public final class PutObject implements Handler<PutObjectRequest, PutObjectOutput> {
  private final Authorization authorization;
  private final Versions versions;
  private final Contents contents;
  private final AclRules acls;

  public PutObject(
      Authorization authorization, Versions versions, Contents contents, AclRules acls) {
    this.authorization = authorization;
    this.acls = acls;
    this.versions = versions;
    this.contents = contents;
  }

  @Override
  public PutObjectOutput handle(PutObjectRequest request, Context context) throws IOException {
    var access = authorization.access(PutObjectRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.PUT_OBJECT, key, null);
    refuseUnsupported(request);
    var acl = aclHeaders(request);
    var metadata = metadata(request);
    var tags = Tags.parse(request.tagging());
    access.requireForNew(key, !tags.isEmpty(), !acl.isEmpty());
    var owned = acls.ofNewObject(bucket, context.caller(), acl, access.block()::blockAcls);
    var storageClass = StorageClasses.of(request.storageClass());
    var expected = expectedChecksums(request);
    var conditions = WriteConditions.of(request.ifMatch(), request.ifNoneMatch());
    if (request.ifMatch() != null) {
      access.require(S3Permission.GET_OBJECT, key, null);
    }
    if (!conditions.isEmpty()) {
      conditions.checkPut(versions.current(bucket, key));
    }
    var received = contents.receive(bucket, request.body(), expected);
    var version =
        contents.using(
            received,
            () ->
                versions.put(
                    bucket,
                    key,
                    conditions,
                    owned.owner(),
                    new ObjectVersion.Data(
                        received.size(),
                        received.eTag(),
                        received.content(),
                        metadata,
                        storageClass,
                        received.checksum(),
                        tags,
                        owned.acl())));
    var output =
        PutObjectOutput.builder()
            .eTag(ETags.quoted(received.eTag()))
            .checksumType(ChecksumType.FULL_OBJECT)
            .versionId(VersionIds.made(version));
    ModelChecksums.set(PutObjectOutput.SHAPE, output, received.checksum());
    return output.build();
  }

  private static void refuseUnsupported(PutObjectRequest request) {
    Unsupported.encryption(
        request.serverSideEncryption(),
        request.ssekmsKeyId(),
        request.sseCustomerAlgorithm(),
        request.sseCustomerKey());
    Unsupported.lock(
        request.objectLockMode(),
        request.objectLockRetainUntilDate(),
        request.objectLockLegalHoldStatus());
    Unsupported.append(request.writeOffsetBytes());
  }

  private static AclHeaders aclHeaders(PutObjectRequest request) {
    return AclHeaders.of(
        request.acl(),
        request.grantRead(),
        null,
        request.grantReadACP(),
        request.grantWriteACP(),
        request.grantFullControl());
  }

  private static Metadata metadata(PutObjectRequest request) {
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

  private static ExpectedChecksums expectedChecksums(PutObjectRequest request) {
    var body = request.body();
    return ExpectedChecksums.of(
        request.contentMD5(),
        body == null ? List.of() : body.announcedTrailers(),
        ModelChecksums.given(PutObjectRequest.SHAPE, request),
        ExpectedChecksums.DEFAULT);
  }
}
