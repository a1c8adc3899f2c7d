package io.coffer.server;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.Credential;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.model.s3.GetBucketVersioningOutput;
import io.coffer.model.s3.GetBucketVersioningRequest;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.PutBucketVersioningRequest;
import io.coffer.model.s3.VersioningConfiguration;
import io.coffer.service.Context;
import io.coffer.service.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Accounts and buckets that are to be there when the server starts. Applying it again changes
 * nothing.
 *
 * @param accounts with their root keys
 * @param buckets to be created where they are missing
 */
record Bootstrap(List<Declared> accounts, List<Bucket> buckets) {
  private static final String NAME = "bootstrap";

  Bootstrap {
    accounts = List.copyOf(accounts);
    buckets = List.copyOf(buckets);
  }

  /** Nothing. */
  static Bootstrap empty() {
    return new Bootstrap(List.of(), List.of());
  }

  /** An account and all of its root keys. */
  record Declared(Account account, List<Credential> keys) {}

  /**
   * A bucket.
   *
   * @param account the id of its owner
   * @param versioning whether versioning is to be enabled
   */
  record Bucket(String name, String account, boolean versioning) {}

  /**
   * Declares the accounts, and creates what buckets are missing.
   *
   * @throws UsageException a bucket cannot be had
   */
  void applyTo(Service service) {
    for (var declared : accounts) {
      service.accounts().declare(declared.account(), declared.keys());
    }
    for (var bucket : buckets) {
      var owner = service.accounts().account(bucket.account());
      try {
        create(bucket, service, new Context(new Caller.Root(owner, NAME), NAME));
      } catch (S3Exception e) {
        throw UsageException.failed(
            "The bucket '%s' of the bootstrap file cannot be had: %s (%s)."
                .formatted(bucket.name(), Messages.of(e), e.error().code()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void create(Bucket bucket, Service service, Context context) throws IOException {
    try {
      service.call(
          Operation.CREATE_BUCKET,
          CreateBucketRequest.builder().bucket(bucket.name()).build(),
          context);
    } catch (S3Exception e) {
      if (e.error() != S3Error.BUCKET_ALREADY_OWNED_BY_YOU) {
        throw e;
      }
    }
    if (bucket.versioning() && !isVersioned(bucket, service, context)) {
      var enabled = VersioningConfiguration.builder().status(BucketVersioningStatus.ENABLED);
      service.call(
          Operation.PUT_BUCKET_VERSIONING,
          PutBucketVersioningRequest.builder()
              .bucket(bucket.name())
              .versioningConfiguration(enabled.build())
              .build(),
          context);
    }
  }

  private static boolean isVersioned(Bucket bucket, Service service, Context context)
      throws IOException {
    var request = GetBucketVersioningRequest.builder().bucket(bucket.name()).build();
    var answer = service.call(Operation.GET_BUCKET_VERSIONING, request, context);
    return answer instanceof GetBucketVersioningOutput output
        && output.status() == BucketVersioningStatus.ENABLED;
  }
}
