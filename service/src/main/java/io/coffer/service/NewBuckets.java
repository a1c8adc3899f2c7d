package io.coffer.service;

import io.coffer.model.s3.ObjectOwnership;

/**
 * What buckets have whose makers say nothing of it.
 *
 * @param ownership of the objects in them
 * @param block what public access they block
 */
public record NewBuckets(ObjectOwnership ownership, PublicAccessBlock block) {
  /** As in AWS since April 2023: ACLs are disabled, and all public access is blocked. */
  public static final NewBuckets AWS =
      new NewBuckets(ObjectOwnership.BUCKET_OWNER_ENFORCED, PublicAccessBlock.ALL);

  /** The same with another ownership. */
  public NewBuckets withOwnership(ObjectOwnership wanted) {
    return new NewBuckets(wanted, block);
  }
}
