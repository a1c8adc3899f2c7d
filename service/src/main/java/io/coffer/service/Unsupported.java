package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.model.s3.ObjectCannedACL;
import io.coffer.model.s3.ServerSideEncryption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Members of requests that ask for what is not built: they are refused, never ignored, so that
 * nobody believes in a protection that is not there.
 */
public final class Unsupported {
  private Unsupported() {}

  /** Encryption by the server. */
  public static void encryption(
      @Nullable ServerSideEncryption algorithm,
      @Nullable String kmsKeyId,
      @Nullable String customerAlgorithm,
      @Nullable String customerKey) {
    if (algorithm != null || given(kmsKeyId, customerAlgorithm, customerKey)) {
      throw S3Error.NOT_IMPLEMENTED.exception("Server-side encryption is not implemented.");
    }
  }

  /** Appending, which only directory buckets have. */
  public static void append(@Nullable Long offset) {
    if (offset != null) {
      throw S3Error.NOT_IMPLEMENTED.exception("Appending to objects is not implemented.");
    }
  }

  /** Object lock in a bucket, none of which has it. */
  public static void lock(@Nullable Object mode, @Nullable Object until, @Nullable Object hold) {
    if (mode != null || until != null || hold != null) {
      throw S3Error.INVALID_REQUEST.exception("Bucket is missing Object Lock Configuration");
    }
  }

  /** ACLs: as in AWS where the owner of the bucket owns every object, which is AWS's default. */
  public static void acl(@Nullable ObjectCannedACL canned, @Nullable String... grants) {
    boolean harmless =
        canned == null
            || canned == ObjectCannedACL.PRIVATE
            || canned == ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL;
    if (!harmless || given(grants)) {
      throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.exception();
    }
  }

  /** What CreateBucket cannot do. */
  public static void refuse(CreateBucketRequest request) {
    if (Boolean.TRUE.equals(request.objectLockEnabledForBucket())) {
      throw S3Error.NOT_IMPLEMENTED.exception("Object lock is not implemented.");
    }
    var acl = request.acl();
    if ((acl != null && !acl.wire().equals("private"))
        || given(
            request.grantFullControl(),
            request.grantRead(),
            request.grantReadACP(),
            request.grantWrite(),
            request.grantWriteACP())) {
      throw S3Error.INVALID_ACL_WITH_OBJECT_OWNERSHIP.exception();
    }
    var ownership = request.objectOwnership();
    if (ownership != null && !ownership.wire().equals("BucketOwnerEnforced")) {
      throw notImplemented("Object ownership other than BucketOwnerEnforced");
    }
  }

  private static S3Exception notImplemented(String what) {
    return S3Error.NOT_IMPLEMENTED.exception(what + " is not implemented.");
  }

  private static boolean given(@Nullable String... values) {
    return Stream.of(values).anyMatch(value -> value != null && !value.isEmpty());
  }
}
