package io.coffer.service.operations;

import io.coffer.auth.Account;
import io.coffer.model.S3Error;
import io.coffer.model.s3.CreateBucketOutput;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.service.Authorization;
import io.coffer.service.BucketName;
import io.coffer.service.Buckets;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.PublicAccessBlock;
import io.coffer.service.S3Permission;
import io.coffer.service.Unsupported;

/** CreateBucket: claims a name in the one namespace of the store. */
public final class CreateBucket implements Handler<CreateBucketRequest, CreateBucketOutput> {
  private static final String US_EAST_1 = "us-east-1";

  private final Authorization authorization;
  private final Buckets buckets;
  private final String region;
  private final PublicAccessBlock block;

  /**
   * @param block what public access new buckets block
   */
  public CreateBucket(
      Authorization authorization, Buckets buckets, String region, PublicAccessBlock block) {
    this.authorization = authorization;
    this.buckets = buckets;
    this.region = region;
    this.block = block;
  }

  @Override
  public CreateBucketOutput handle(CreateBucketRequest request, Context context) {
    var account = authorize(S3Permission.CREATE_BUCKET, request, context);
    var name = new BucketName(request.bucket());
    Unsupported.refuse(request);
    checkLocation(request);
    if (request.objectOwnership() != null) {
      authorize(S3Permission.PUT_BUCKET_OWNERSHIP_CONTROLS, request, context);
    }
    if (request.acl() != null) {
      authorize(S3Permission.PUT_BUCKET_ACL, request, context);
    }
    var created = buckets.create(name, account, region, block);
    if (!created.isNew()) {
      if (!created.bucket().owner().equals(account.id())) {
        throw S3Error.BUCKET_ALREADY_EXISTS.exception().with("BucketName", name.text());
      }
      if (!region.equals(US_EAST_1)) {
        throw S3Error.BUCKET_ALREADY_OWNED_BY_YOU.exception().with("BucketName", name.text());
      }
    }
    return CreateBucketOutput.builder().location("/" + name.text()).build();
  }

  private Account authorize(S3Permission permission, CreateBucketRequest request, Context context) {
    return authorization.account(
        CreateBucketRequest.SHAPE, request, permission, request.bucket(), context);
  }

  /** us-east-1 is named by saying nothing; AWS refuses every region but that of the endpoint. */
  private void checkLocation(CreateBucketRequest request) {
    var configuration = request.createBucketConfiguration();
    var location = configuration == null ? null : configuration.locationConstraint();
    if (location == null || location.isEmpty() || location.equals(region)) {
      return;
    }
    throw S3Error.ILLEGAL_LOCATION_CONSTRAINT.exception(
        "The "
            + location
            + " location constraint is incompatible for the region specific endpoint this request"
            + " was sent to.");
  }
}
