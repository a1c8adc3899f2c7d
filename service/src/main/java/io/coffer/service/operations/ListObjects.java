package io.coffer.service.operations;

import io.coffer.model.s3.ListObjectsOutput;
import io.coffer.model.s3.ListObjectsRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ListParameters;
import io.coffer.service.Listings;
import io.coffer.service.S3Permission;

/** ListObjects: the first version of the listing, with markers. */
public final class ListObjects implements Handler<ListObjectsRequest, ListObjectsOutput> {
  private final Authorization authorization;
  private final Listings listings;
  private final ListedObjects listed;

  public ListObjects(Authorization authorization, Listings listings, ListedObjects listed) {
    this.authorization = authorization;
    this.listings = listings;
    this.listed = listed;
  }

  @Override
  public ListObjectsOutput handle(ListObjectsRequest request, Context context) {
    var bucket =
        authorization
            .access(ListObjectsRequest.SHAPE, request, context)
            .require(S3Permission.LIST_BUCKET);
    var parameters =
        ListParameters.of(
            request.prefix(),
            request.delimiter(),
            "max-keys",
            request.maxKeys(),
            request.encodingType());
    var marker = request.marker() == null ? "" : request.marker();
    var page = listings.objects(bucket, parameters.query(), marker.isEmpty() ? null : marker);
    boolean tellsNext = page.truncated() && !parameters.delimiter().isEmpty();
    return ListObjectsOutput.builder()
        .name(bucket.name())
        .prefix(parameters.show(parameters.prefix()))
        .marker(parameters.show(marker))
        .delimiter(parameters.showOrNull(request.delimiter()))
        .maxKeys(parameters.max())
        .encodingType(request.encodingType())
        .isTruncated(page.truncated())
        .nextMarker(tellsNext ? parameters.showOrNull(page.last()) : null)
        .contents(listed.objects(page, parameters, bucket, true))
        .commonPrefixes(ListedObjects.commonPrefixes(page, parameters))
        .build();
  }
}
