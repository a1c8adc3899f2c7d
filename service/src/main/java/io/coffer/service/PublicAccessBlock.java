package io.coffer.service;

import io.coffer.model.s3.PublicAccessBlockConfiguration;
import io.coffer.storage.Bytes;

/**
 * What public access is blocked, of a bucket or an account. Source: S3 User Guide, "Blocking public
 * access to your Amazon S3 storage".
 *
 * @param blockAcls ACLs that grant something to the public cannot be put
 * @param ignoreAcls what ACLs grant to the public does not count
 * @param blockPolicy policies that are public cannot be put
 * @param restrictBuckets what a public policy allows to other accounts and the public does not
 *     count
 */
public record PublicAccessBlock(
    boolean blockAcls, boolean ignoreAcls, boolean blockPolicy, boolean restrictBuckets) {
  /** Nothing is blocked: as without a configuration. */
  public static final PublicAccessBlock NOTHING = new PublicAccessBlock(false, false, false, false);

  /** What new buckets have in AWS. */
  public static final PublicAccessBlock ALL = new PublicAccessBlock(true, true, true, true);

  private static final int FORMAT = 1;

  /** As the API gives it; what is not said is not blocked. */
  public static PublicAccessBlock of(PublicAccessBlockConfiguration configuration) {
    return new PublicAccessBlock(
        Boolean.TRUE.equals(configuration.blockPublicAcls()),
        Boolean.TRUE.equals(configuration.ignorePublicAcls()),
        Boolean.TRUE.equals(configuration.blockPublicPolicy()),
        Boolean.TRUE.equals(configuration.restrictPublicBuckets()));
  }

  /** As the API shows it. */
  public PublicAccessBlockConfiguration toModel() {
    return PublicAccessBlockConfiguration.builder()
        .blockPublicAcls(blockAcls)
        .ignorePublicAcls(ignoreAcls)
        .blockPublicPolicy(blockPolicy)
        .restrictPublicBuckets(restrictBuckets)
        .build();
  }

  static PublicAccessBlock decode(Bytes value) {
    var in = new RowReader(value, FORMAT);
    return new PublicAccessBlock(in.flag(), in.flag(), in.flag(), in.flag());
  }

  Bytes encode() {
    return new RowWriter(FORMAT)
        .flag(blockAcls)
        .flag(ignoreAcls)
        .flag(blockPolicy)
        .flag(restrictBuckets)
        .finish();
  }

  /** What either blocks. */
  PublicAccessBlock and(PublicAccessBlock other) {
    return new PublicAccessBlock(
        blockAcls || other.blockAcls,
        ignoreAcls || other.ignoreAcls,
        blockPolicy || other.blockPolicy,
        restrictBuckets || other.restrictBuckets);
  }
}
