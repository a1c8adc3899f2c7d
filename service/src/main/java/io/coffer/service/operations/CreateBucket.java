package io.coffer.service.operations;

import io.coffer.auth.Account;
import io.coffer.model.S3Error;
import io.coffer.model.s3.CreateBucketOutput;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Bucket;
import io.coffer.service.BucketName;
import io.coffer.service.Buckets;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.NewBuckets;
import io.coffer.service.S3Permission;
import io.coffer.service.ServiceSettings;
import io.coffer.service.Unsupported;
import io.coffer.service.acl.AclHeaders;
import io.coffer.service.acl.AclRules;
import java.util.Objects;

/** CreateBucket: claims a name in the one namespace of the store. */
public final class CreateBucket implements Handler<CreateBucketRequest, CreateBucketOutput> {
  private static final String US_EAST_1 = "us-east-1";

  private final Authorization authorization;
  private final Buckets buckets;
  private final AclRules acls;
  private final ServiceSettings settings;

  public CreateBucket(
      Authorization authorization, Buckets buckets, AclRules acls, ServiceSettings settings) {
    this.authorization = authorization;
    this.buckets = buckets;
    this.acls = acls;
    this.settings = settings;
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
    var headers = aclHeaders(request);
    if (!headers.isEmpty()) {
      authorize(S3Permission.PUT_BUCKET_ACL, request, context);
    }
    var has = has(request);
    var acl = acls.ofNewBucket(account, has.ownership(), headers, has.block().blockAcls());
    var region = settings.region();
    var created = buckets.create(name, account, region, has, acl);
    if (!created.isNew()) {
      if (!created.bucket().owner().equals(account.id())) {
        throw S3Error.BUCKET_ALREADY_EXISTS.exception().with("BucketName", name.text());
      }
      if (!region.equals(US_EAST_1)) {
        throw S3Error.BUCKET_ALREADY_OWNED_BY_YOU.exception().with("BucketName", name.text());
      }
      resetAcl(created.bucket(), account, request, context);
    }
    return CreateBucketOutput.builder().location("/" + name.text()).build();
  }

  private Account authorize(S3Permission permission, CreateBucketRequest request, Context context) {
    return authorization.account(
        CreateBucketRequest.SHAPE, request, permission, request.bucket(), context);
  }

  /**
   * To make a bucket once more resets its ACL. Source: S3 API Reference, "CreateBucket",
   * BucketAlreadyOwnedByYou.
   */
  private void resetAcl(
      Bucket bucket, Account account, CreateBucketRequest request, Context context) {
    var access = authorization.access(CreateBucketRequest.SHAPE, request, context);
    boolean block = access.block().blockAcls();
    var acl = acls.ofNewBucket(account, bucket.ownership(), aclHeaders(request), block);
    if (!Objects.equals(acl, bucket.acl())) {
      buckets.update(
          bucket,
          now -> {
            acls.checkOwnership(now.withAcl(acl), now.ownership());
            return now.withAcl(acl);
          });
    }
  }

  /** What the bucket has from the beginning. */
  private NewBuckets has(CreateBucketRequest request) {
    var has = settings.newBuckets();
    return request.objectOwnership() == null ? has : has.withOwnership(request.objectOwnership());
  }

  private static AclHeaders aclHeaders(CreateBucketRequest request) {
    return AclHeaders.of(
        request.acl(),
        request.grantRead(),
        request.grantWrite(),
        request.grantReadACP(),
        request.grantWriteACP(),
        request.grantFullControl());
  }

  /** us-east-1 is named by saying nothing; AWS refuses every region but that of the endpoint. */
  private void checkLocation(CreateBucketRequest request) {
    var configuration = request.createBucketConfiguration();
    var location = configuration == null ? null : configuration.locationConstraint();
    if (location == null || location.isEmpty() || location.equals(settings.region())) {
      return;
    }
    throw S3Error.ILLEGAL_LOCATION_CONSTRAINT.exception(
        "The "
            + location
            + " location constraint is incompatible for the region specific endpoint this request"
            + " was sent to.");
  }
}
