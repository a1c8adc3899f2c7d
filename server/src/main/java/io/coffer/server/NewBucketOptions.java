package io.coffer.server;

import io.coffer.service.PublicAccessBlock;

/**
 * What new buckets have before anybody changes it.
 *
 * @param blockPublicAccess whether they block all public access, as in AWS
 */
public record NewBucketOptions(boolean blockPublicAccess) {
  /** As in AWS. */
  public static final NewBucketOptions AS_AWS = new NewBucketOptions(true);

  PublicAccessBlock block() {
    return blockPublicAccess ? PublicAccessBlock.ALL : PublicAccessBlock.NOTHING;
  }
}
