package io.coffer.service;

import io.coffer.model.s3.ObjectOwnership;

/**
 * What buckets have whose makers say nothing of it.
 *
 * @param ownership of the objects in them
 */
public record NewBuckets(ObjectOwnership ownership) {
  /** As in AWS since April 2023: ACLs are disabled. */
  public static final NewBuckets AWS = new NewBuckets(ObjectOwnership.BUCKET_OWNER_ENFORCED);
}
