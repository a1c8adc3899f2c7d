package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.Bucket;
import io.coffer.model.s3.ListBucketsOutput;
import io.coffer.model.s3.ListBucketsRequest;
import io.coffer.model.s3.Owner;
import io.coffer.service.Authorization;
import io.coffer.service.BucketName;
import io.coffer.service.Buckets;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.PageToken;
import io.coffer.service.S3Permission;

/** ListBuckets: the caller's buckets in the order of their names. */
public final class ListBuckets implements Handler<ListBucketsRequest, ListBucketsOutput> {
  private static final int MAX_PAGE = 10_000;

  private final Authorization authorization;
  private final Buckets buckets;

  public ListBuckets(Authorization authorization, Buckets buckets) {
    this.authorization = authorization;
    this.buckets = buckets;
  }

  @Override
  public ListBucketsOutput handle(ListBucketsRequest request, Context context) {
    var account =
        authorization.account(
            ListBucketsRequest.SHAPE, request, S3Permission.LIST_ALL_MY_BUCKETS, null, context);
    var wanted = request.maxBuckets();
    if (wanted != null && (wanted < 1 || wanted > MAX_PAGE)) {
      throw S3Error.INVALID_ARGUMENT
          .exception("Argument max-buckets must be an integer between 1 and 10000")
          .with("ArgumentName", "max-buckets")
          .with("ArgumentValue", wanted.toString());
    }
    int max = wanted == null ? MAX_PAGE : wanted;
    var prefix = request.prefix() == null ? "" : request.prefix();
    var token = request.continuationToken();
    var after = token == null ? null : new BucketName(PageToken.parse(token)).text();
    var region = request.bucketRegion();
    var page =
        buckets
            .ownedBy(account.id(), prefix, after)
            .filter(bucket -> region == null || region.equals(bucket.region()))
            .limit(max + 1L)
            .toList();
    var shown = page.subList(0, Math.min(max, page.size()));
    var output =
        ListBucketsOutput.builder()
            .owner(
                Owner.builder()
                    .id(account.canonicalId())
                    .displayName(account.displayName())
                    .build())
            .prefix(request.prefix())
            .buckets(
                shown.stream()
                    .map(
                        b ->
                            Bucket.builder()
                                .name(b.name())
                                .creationDate(b.created())
                                .bucketRegion(b.region())
                                .build())
                    .toList());
    if (page.size() > max) {
      output.continuationToken(PageToken.of(shown.getLast().name()));
    }
    return output.build();
  }
}
