package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.CreateBucketOutput;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.service.Authorization;
import io.coffer.service.BucketName;
import io.coffer.service.Buckets;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.Unsupported;

/** CreateBucket: claims a name in the one namespace of the store. */
public final class CreateBucket implements Handler<CreateBucketRequest, CreateBucketOutput> {
  private static final String US_EAST_1 = "us-east-1";

  private final Authorization authorization;
  private final Buckets buckets;
  private final String region;

  public CreateBucket(Authorization authorization, Buckets buckets, String region) {
    this.authorization = authorization;
    this.buckets = buckets;
    this.region = region;
  }

  @Override
  public CreateBucketOutput handle(CreateBucketRequest request, Context context) {
    var account = authorization.account(context);
    var name = new BucketName(request.bucket());
    Unsupported.refuse(request);
    checkLocation(request);
    var created = buckets.create(name, account, region);
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
