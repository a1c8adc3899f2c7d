package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.s3.CreateBucketRequest;
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

  /** What CreateBucket cannot do. */
  public static void refuse(CreateBucketRequest request) {
    if (Boolean.TRUE.equals(request.objectLockEnabledForBucket())) {
      throw S3Error.NOT_IMPLEMENTED.exception("Object lock is not implemented.");
    }
  }

  private static boolean given(@Nullable String... values) {
    return Stream.of(values).anyMatch(value -> value != null && !value.isEmpty());
  }
}
