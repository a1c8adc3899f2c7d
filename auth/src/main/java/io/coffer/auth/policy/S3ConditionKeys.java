package io.coffer.auth.policy;

import java.util.Locale;
import java.util.Set;

/**
 * The condition keys of S3, and with which actions they can have a value. Source: Service
 * Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
 */
final class S3ConditionKeys {
  /** Of listings. */
  private static final Set<String> LISTING = Set.of("s3:prefix", "s3:delimiter", "s3:max-keys");

  /** Of requests about objects. */
  private static final Set<String> OBJECT =
      Set.of(
          "s3:versionid",
          "s3:if-match",
          "s3:if-none-match",
          "s3:objectcreationoperation",
          "s3:requestobjecttagkeys",
          "s3:x-amz-copy-source",
          "s3:x-amz-metadata-directive",
          "s3:x-amz-object-ownership-override",
          "s3:x-amz-server-side-encryption",
          "s3:x-amz-server-side-encryption-aws-kms-key-id",
          "s3:x-amz-server-side-encryption-customer-algorithm",
          "s3:x-amz-storage-class",
          "s3:x-amz-website-redirect-location");

  /** Of whatever S3 does. */
  private static final Set<String> EVERYWHERE =
      Set.of(
          "s3:accessgrantsinstancearn",
          "s3:accesspointnetworkorigin",
          "s3:authtype",
          "s3:bucketkeyenabled",
          "s3:dataaccesspointaccount",
          "s3:dataaccesspointarn",
          "s3:destinationregion",
          "s3:existingjoboperation",
          "s3:existingjobpriority",
          "s3:inventoryaccessibleoptionalfields",
          "s3:isreplicationpauserequest",
          "s3:jobsuspendedcause",
          "s3:locationconstraint",
          "s3:object-lock-legal-hold",
          "s3:object-lock-mode",
          "s3:object-lock-remaining-retention-days",
          "s3:object-lock-retain-until-date",
          "s3:requestjoboperation",
          "s3:requestjobpriority",
          "s3:resourceaccount",
          "s3:signatureage",
          "s3:signatureversion",
          "s3:tlsversion",
          "s3:x-amz-acl",
          "s3:x-amz-content-sha256",
          "s3:x-amz-grant-full-control",
          "s3:x-amz-grant-read",
          "s3:x-amz-grant-read-acp",
          "s3:x-amz-grant-write",
          "s3:x-amz-grant-write-acp",
          "s3:x-amz-object-ownership");

  private S3ConditionKeys() {}

  /** Whether policies may ask for a key: those of S3 are known, those of others are let be. */
  static boolean isKnown(String key) {
    var lower = key.toLowerCase(Locale.ROOT);
    int colon = lower.indexOf(':');
    if (colon < 1 || colon == lower.length() - 1) {
      return false;
    }
    return !lower.startsWith("s3:")
        || LISTING.contains(lower)
        || OBJECT.contains(lower)
        || EVERYWHERE.contains(lower)
        || isTag(lower);
  }

  /**
   * Whether a key can have a value for an action.
   *
   * @param key in lower case
   */
  static boolean applies(String key, S3Action action) {
    if (LISTING.contains(key)) {
      return switch (action.name()) {
        case "s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads" -> true;
        default -> false;
      };
    }
    return !isLimited(key) || action.ofObject();
  }

  /**
   * Whether a key can have a value for some actions alone.
   *
   * @param key in lower case
   */
  static boolean isLimited(String key) {
    return LISTING.contains(key) || OBJECT.contains(key) || isTag(key);
  }

  private static boolean isTag(String key) {
    return key.startsWith("s3:existingobjecttag/") || key.startsWith("s3:requestobjecttag/");
  }
}
