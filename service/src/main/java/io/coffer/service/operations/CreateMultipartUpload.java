package io.coffer.service.operations;

import io.coffer.auth.Caller;
import io.coffer.checksums.Algorithm;
import io.coffer.model.S3Error;
import io.coffer.model.s3.ChecksumType;
import io.coffer.model.s3.CreateMultipartUploadOutput;
import io.coffer.model.s3.CreateMultipartUploadRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.Metadata;
import io.coffer.service.ObjectKey;
import io.coffer.service.S3Permission;
import io.coffer.service.StorageClasses;
import io.coffer.service.Tags;
import io.coffer.service.Unsupported;
import io.coffer.service.Uploads;
import io.coffer.service.acl.AclHeaders;
import io.coffer.service.acl.AclRules;
import org.jspecify.annotations.Nullable;

/** CreateMultipartUpload: begins an object that comes in parts. */
public final class CreateMultipartUpload
    implements Handler<CreateMultipartUploadRequest, CreateMultipartUploadOutput> {
  private final Authorization authorization;
  private final Uploads uploads;
  private final AclRules acls;

  public CreateMultipartUpload(Authorization authorization, Uploads uploads, AclRules acls) {
    this.acls = acls;
    this.authorization = authorization;
    this.uploads = uploads;
  }

  @Override
  public CreateMultipartUploadOutput handle(CreateMultipartUploadRequest request, Context context) {
    var access = authorization.access(CreateMultipartUploadRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.PUT_OBJECT, key, null);
    refuseUnsupported(request);
    var acl = aclHeaders(request);
    var algorithm =
        request.checksumAlgorithm() == null
            ? null
            : Algorithm.valueOf(request.checksumAlgorithm().wire());
    boolean composite = isComposite(algorithm, request.checksumType());
    var metadata =
        Metadata.of(
            request.contentType(),
            request.cacheControl(),
            request.contentDisposition(),
            request.contentEncoding(),
            request.contentLanguage(),
            request.expires(),
            request.websiteRedirectLocation(),
            request.metadata());
    var tags = Tags.parse(request.tagging());
    access.requireForNew(key, !tags.isEmpty(), !acl.isEmpty());
    var owned = acls.ofNewObject(bucket, context.caller(), acl, access.block()::blockAcls);
    var upload =
        uploads.create(
            bucket,
            key,
            metadata,
            StorageClasses.of(request.storageClass()),
            tags,
            algorithm,
            composite,
            context.caller() instanceof Caller.Known known ? known.arn() : "",
            owned);
    return CreateMultipartUploadOutput.builder()
        .bucket(bucket.name())
        .key(key.text())
        .uploadId(upload.id().toString())
        .checksumAlgorithm(request.checksumAlgorithm())
        .checksumType(algorithm == null ? null : ChecksumType.of(upload.checksumType()))
        .build();
  }

  private static void refuseUnsupported(CreateMultipartUploadRequest request) {
    Unsupported.encryption(
        request.serverSideEncryption(),
        request.ssekmsKeyId(),
        request.sseCustomerAlgorithm(),
        request.sseCustomerKey());
    Unsupported.lock(
        request.objectLockMode(),
        request.objectLockRetainUntilDate(),
        request.objectLockLegalHoldStatus());
  }

  private static AclHeaders aclHeaders(CreateMultipartUploadRequest request) {
    return AclHeaders.of(
        request.acl(),
        request.grantRead(),
        null,
        request.grantReadACP(),
        request.grantWriteACP(),
        request.grantFullControl());
  }

  /** AWS: "Checking object integrity", which type each algorithm may have. */
  private static boolean isComposite(@Nullable Algorithm algorithm, @Nullable ChecksumType type) {
    if (algorithm == null) {
      if (type != null) {
        throw S3Error.INVALID_REQUEST.exception(
            "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
                + " header.");
      }
      return false;
    }
    boolean canBeFull = algorithm.fullObjectMultipart();
    boolean canBeComposite = algorithm != Algorithm.CRC64NVME;
    if (type == null) {
      return canBeComposite;
    }
    boolean composite = type == ChecksumType.COMPOSITE;
    if (composite ? !canBeComposite : !canBeFull) {
      throw S3Error.INVALID_REQUEST.exception(
          "The "
              + type.wire()
              + " checksum type cannot be used with the "
              + algorithm
              + " checksum algorithm.");
    }
    return composite;
  }
}
