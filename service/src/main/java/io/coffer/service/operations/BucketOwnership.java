package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.DeleteBucketOwnershipControlsOutput;
import io.coffer.model.s3.DeleteBucketOwnershipControlsRequest;
import io.coffer.model.s3.GetBucketOwnershipControlsOutput;
import io.coffer.model.s3.GetBucketOwnershipControlsRequest;
import io.coffer.model.s3.ObjectOwnership;
import io.coffer.model.s3.OwnershipControls;
import io.coffer.model.s3.OwnershipControlsRule;
import io.coffer.model.s3.PutBucketOwnershipControlsOutput;
import io.coffer.model.s3.PutBucketOwnershipControlsRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Buckets;
import io.coffer.service.Context;
import io.coffer.service.S3Permission;
import io.coffer.service.acl.AclRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Get-, Put- and DeleteBucketOwnershipControls: who owns the objects that others write into a
 * bucket, and whether ACLs count.
 */
public final class BucketOwnership {
  private final Authorization authorization;
  private final Buckets buckets;
  private final AclRules acls;

  public BucketOwnership(Authorization authorization, Buckets buckets, AclRules acls) {
    this.authorization = authorization;
    this.buckets = buckets;
    this.acls = acls;
  }

  /** GetBucketOwnershipControls. */
  public GetBucketOwnershipControlsOutput get(
      GetBucketOwnershipControlsRequest request, Context context) {
    var bucket =
        authorization
            .access(GetBucketOwnershipControlsRequest.SHAPE, request, context)
            .require(S3Permission.GET_BUCKET_OWNERSHIP_CONTROLS);
    if (bucket.ownershipControls() == null) {
      throw S3Error.OWNERSHIP_CONTROLS_NOT_FOUND.exception().with("BucketName", bucket.name());
    }
    var rule = OwnershipControlsRule.builder().objectOwnership(bucket.ownershipControls()).build();
    return GetBucketOwnershipControlsOutput.builder()
        .ownershipControls(OwnershipControls.builder().rules(List.of(rule)).build())
        .build();
  }

  /** PutBucketOwnershipControls. */
  public PutBucketOwnershipControlsOutput put(
      PutBucketOwnershipControlsRequest request, Context context) {
    var bucket =
        authorization
            .access(PutBucketOwnershipControlsRequest.SHAPE, request, context)
            .require(S3Permission.PUT_BUCKET_OWNERSHIP_CONTROLS);
    var wanted = wanted(request.ownershipControls());
    buckets.update(
        bucket,
        now -> {
          acls.checkOwnership(now, wanted);
          return now.withOwnershipControls(wanted);
        });
    return PutBucketOwnershipControlsOutput.builder().build();
  }

  /** There is exactly one rule. */
  private static ObjectOwnership wanted(@Nullable OwnershipControls controls) {
    var rules = controls == null ? null : controls.rules();
    if (rules == null || rules.size() != 1 || rules.getFirst().objectOwnership() == null) {
      throw S3Error.MALFORMED_XML.exception();
    }
    return rules.getFirst().objectOwnership();
  }

  /** DeleteBucketOwnershipControls: as if there had never been any, so writers own. */
  public DeleteBucketOwnershipControlsOutput delete(
      DeleteBucketOwnershipControlsRequest request, Context context) {
    var bucket =
        authorization
            .access(DeleteBucketOwnershipControlsRequest.SHAPE, request, context)
            .require(S3Permission.PUT_BUCKET_OWNERSHIP_CONTROLS);
    buckets.update(bucket, now -> now.withOwnershipControls(null));
    return DeleteBucketOwnershipControlsOutput.builder().build();
  }
}
