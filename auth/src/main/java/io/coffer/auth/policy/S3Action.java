package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * An action of S3 that a bucket policy can speak of. Source: Service Authorization Reference,
 * "Actions, resources, and condition keys for Amazon S3".
 *
 * @param name such as s3:GetObject
 * @param ofObject whether its resource is an object; else it is the bucket
 */
record S3Action(String name, boolean ofObject) {
  private static final String OBJECT =
      """
      AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectTagging
      DeleteObjectVersion DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectAttributes
      GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion
      GetObjectVersionAcl GetObjectVersionAttributes GetObjectVersionForReplication
      GetObjectVersionTagging GetObjectVersionTorrent InitiateReplication
      ListMultipartUploadParts ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl
      PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAcl
      PutObjectVersionTagging ReplicateDelete ReplicateObject ReplicateTags RestoreObject
      UpdateObjectEncryption
      """;

  private static final String BUCKET =
      """
      CreateBucket CreateBucketMetadataTableConfiguration DeleteBucket
      DeleteBucketMetadataTableConfiguration DeleteBucketPolicy DeleteBucketWebsite
      GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketAcl
      GetBucketCORS GetBucketLocation GetBucketLogging GetBucketMetadataTableConfiguration
      GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls
      GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketRequestPayment
      GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
      GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration
      GetMetricsConfiguration GetReplicationConfiguration ListBucket
      ListBucketMultipartUploads ListBucketVersions ListTagsForResource PauseReplication
      PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAbac PutBucketAcl
      PutBucketCORS PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration
      PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
      PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite
      PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration
      PutLifecycleConfiguration PutMetricsConfiguration PutReplicationConfiguration TagResource
      UntagResource UpdateBucketMetadataInventoryTableConfiguration
      UpdateBucketMetadataJournalTableConfiguration
      """;

  private static final List<S3Action> ALL = all();

  /** All of them. */
  static List<S3Action> values() {
    return ALL;
  }

  private static List<S3Action> all() {
    var all = new ArrayList<S3Action>();
    for (var name : OBJECT.strip().split("\\s+")) {
      all.add(new S3Action("s3:" + name, true));
    }
    for (var name : BUCKET.strip().split("\\s+")) {
      all.add(new S3Action("s3:" + name, false));
    }
    return List.copyOf(all);
  }
}
