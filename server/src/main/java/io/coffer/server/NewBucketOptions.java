package io.coffer.server;

import io.coffer.model.s3.ObjectOwnership;
import io.coffer.service.NewBuckets;
import io.coffer.service.PublicAccessBlock;

/**
 * What new buckets have before anybody changes it.
 *
 * @param blockPublicAccess whether they block all public access, as in AWS
 * @param ownership of objects in them, where their makers say nothing of it
 */
public record NewBucketOptions(boolean blockPublicAccess, ObjectOwnership ownership) {
  /** As in AWS. */
  public static final NewBucketOptions AS_AWS =
      new NewBucketOptions(true, ObjectOwnership.BUCKET_OWNER_ENFORCED);

  NewBuckets settings() {
    return new NewBuckets(
        ownership, blockPublicAccess ? PublicAccessBlock.ALL : PublicAccessBlock.NOTHING);
  }
}
