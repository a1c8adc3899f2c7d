package io.coffer.service.operations;

import io.coffer.model.s3.ListObjectsV2Output;
import io.coffer.model.s3.ListObjectsV2Request;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ListParameters;
import io.coffer.service.Listings;
import io.coffer.service.PageToken;
import io.coffer.service.S3Permission;

/** ListObjectsV2: the listing with continuation tokens. */
public final class ListObjectsV2 implements Handler<ListObjectsV2Request, ListObjectsV2Output> {
  private final Authorization authorization;
  private final Listings listings;
  private final ListedObjects listed;

  public ListObjectsV2(Authorization authorization, Listings listings, ListedObjects listed) {
    this.authorization = authorization;
    this.listings = listings;
    this.listed = listed;
  }

  @Override
  public ListObjectsV2Output handle(ListObjectsV2Request request, Context context) {
    var bucket =
        authorization
            .access(ListObjectsV2Request.SHAPE, request, context)
            .require(S3Permission.LIST_BUCKET);
    var parameters =
        ListParameters.of(
            request.prefix(),
            request.delimiter(),
            "max-keys",
            request.maxKeys(),
            request.encodingType());
    var token = request.continuationToken();
    var startAfter = request.startAfter();
    var after = token != null && !token.isEmpty() ? PageToken.parse(token) : startAfter;
    var page =
        listings.objects(
            bucket, parameters.query(), after == null || after.isEmpty() ? null : after);
    var last = page.last();
    boolean withOwner = Boolean.TRUE.equals(request.fetchOwner());
    return ListObjectsV2Output.builder()
        .name(bucket.name())
        .prefix(parameters.show(parameters.prefix()))
        .delimiter(parameters.showOrNull(request.delimiter()))
        .maxKeys(parameters.max())
        .encodingType(request.encodingType())
        .keyCount(page.rows().size() + page.commonPrefixes().size())
        .isTruncated(page.truncated())
        .continuationToken(token)
        .nextContinuationToken(page.truncated() && last != null ? PageToken.of(last) : null)
        .startAfter(parameters.showOrNull(startAfter))
        .contents(listed.objects(page, parameters, bucket, withOwner))
        .commonPrefixes(ListedObjects.commonPrefixes(page, parameters))
        .build();
  }
}
