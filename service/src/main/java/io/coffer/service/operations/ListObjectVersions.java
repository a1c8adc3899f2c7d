package io.coffer.service.operations;

import io.coffer.model.Positioned;
import io.coffer.model.S3Error;
import io.coffer.model.s3.DeleteMarkerEntry;
import io.coffer.model.s3.ListObjectVersionsOutput;
import io.coffer.model.s3.ListObjectVersionsRequest;
import io.coffer.model.s3.ObjectVersionStorageClass;
import io.coffer.model.s3.Owner;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.ETags;
import io.coffer.service.Handler;
import io.coffer.service.ListParameters;
import io.coffer.service.Listing;
import io.coffer.service.Listings;
import io.coffer.service.ObjectVersion;
import io.coffer.service.S3Permission;
import java.util.function.Function;

/** ListObjectVersions: all versions and delete markers, the newest of each key first. */
public final class ListObjectVersions
    implements Handler<ListObjectVersionsRequest, ListObjectVersionsOutput> {
  private final Authorization authorization;
  private final Listings listings;
  private final ListedObjects listed;

  public ListObjectVersions(Authorization authorization, Listings listings, ListedObjects listed) {
    this.authorization = authorization;
    this.listings = listings;
    this.listed = listed;
  }

  @Override
  public ListObjectVersionsOutput handle(ListObjectVersionsRequest request, Context context) {
    var bucket =
        authorization
            .access(ListObjectVersionsRequest.SHAPE, request, context)
            .require(S3Permission.LIST_BUCKET_VERSIONS);
    var parameters =
        ListParameters.of(
            request.prefix(),
            request.delimiter(),
            "max-keys",
            request.maxKeys(),
            request.encodingType());
    var keyMarker = request.keyMarker() == null ? "" : request.keyMarker();
    var versionMarker = request.versionIdMarker() == null ? "" : request.versionIdMarker();
    if (keyMarker.isEmpty() && !versionMarker.isEmpty()) {
      throw S3Error.INVALID_ARGUMENT
          .exception("A version-id marker cannot be specified without a key marker.")
          .with("ArgumentName", "version-id-marker")
          .with("ArgumentValue", versionMarker);
    }
    var page =
        listings.versions(
            bucket,
            parameters.query(),
            keyMarker.isEmpty() ? null : keyMarker,
            versionMarker.isEmpty() ? null : versionMarker);
    var output =
        ListObjectVersionsOutput.builder()
            .name(bucket.name())
            .prefix(parameters.show(parameters.prefix()))
            .keyMarker(parameters.show(keyMarker))
            .versionIdMarker(versionMarker)
            .delimiter(parameters.showOrNull(request.delimiter()))
            .maxKeys(parameters.max())
            .encodingType(request.encodingType())
            .isTruncated(page.truncated())
            .commonPrefixes(ListedObjects.commonPrefixes(page, parameters));
    addEntries(output, page, parameters, version -> listed.owner(bucket, version));
    if (page.truncated()) {
      output.nextKeyMarker(parameters.showOrNull(page.last()));
      if (!page.rows().isEmpty() && page.rows().getLast().key().equals(page.last())) {
        var version = ObjectVersion.decode(page.rows().getLast().row());
        output.nextVersionIdMarker(version.id().toString());
      }
    }
    return output.build();
  }

  private static void addEntries(
      ListObjectVersionsOutput.Builder output,
      Listing page,
      ListParameters parameters,
      Function<ObjectVersion, Owner> owner) {
    var versions = new Positioned<io.coffer.model.s3.ObjectVersion>();
    var markers = new Positioned<DeleteMarkerEntry>();
    int position = 0;
    for (var item : page.rows()) {
      position++;
      var version = ObjectVersion.decode(item.row());
      boolean latest = item.isNewest();
      if (version.isDeleteMarker()) {
        markers.add(
            position,
            DeleteMarkerEntry.builder()
                .key(parameters.show(item.key()))
                .versionId(version.id().toString())
                .isLatest(latest)
                .lastModified(version.lastModified())
                .owner(owner.apply(version))
                .build());
      } else {
        var data = version.data();
        versions.add(
            position,
            io.coffer.model.s3.ObjectVersion.builder()
                .key(parameters.show(item.key()))
                .versionId(version.id().toString())
                .isLatest(latest)
                .lastModified(version.lastModified())
                .eTag(ETags.quoted(data.eTag()))
                .checksumAlgorithm(ListedObjects.algorithm(data.checksum()))
                .checksumType(ListedObjects.type(data.checksum()))
                .size(data.size())
                .storageClass(ObjectVersionStorageClass.STANDARD)
                .owner(owner.apply(version))
                .build());
      }
    }
    output.versions(versions).deleteMarkers(markers);
  }
}
