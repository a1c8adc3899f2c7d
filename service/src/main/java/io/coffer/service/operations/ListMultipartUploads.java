package io.coffer.service.operations;

import io.coffer.model.s3.ChecksumAlgorithm;
import io.coffer.model.s3.ChecksumType;
import io.coffer.model.s3.ListMultipartUploadsOutput;
import io.coffer.model.s3.ListMultipartUploadsRequest;
import io.coffer.model.s3.MultipartUpload;
import io.coffer.model.s3.StorageClass;
import io.coffer.service.Authorization;
import io.coffer.service.Bucket;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ListParameters;
import io.coffer.service.Listings;
import io.coffer.service.S3Permission;
import io.coffer.service.Upload;

/** ListMultipartUploads: uploads in progress, by key and by when they began. */
public final class ListMultipartUploads
    implements Handler<ListMultipartUploadsRequest, ListMultipartUploadsOutput> {
  private final Authorization authorization;
  private final Listings listings;
  private final ListedObjects listed;

  public ListMultipartUploads(
      Authorization authorization, Listings listings, ListedObjects listed) {
    this.authorization = authorization;
    this.listings = listings;
    this.listed = listed;
  }

  @Override
  public ListMultipartUploadsOutput handle(ListMultipartUploadsRequest request, Context context) {
    var bucket =
        authorization
            .access(ListMultipartUploadsRequest.SHAPE, request, context)
            .require(S3Permission.LIST_BUCKET_MULTIPART_UPLOADS);
    var parameters =
        ListParameters.of(
            request.prefix(),
            request.delimiter(),
            "max-uploads",
            request.maxUploads(),
            request.encodingType());
    var keyMarker = request.keyMarker() == null ? "" : request.keyMarker();
    var idMarker = request.uploadIdMarker() == null ? "" : request.uploadIdMarker();
    var page =
        listings.uploads(
            bucket,
            parameters.query(),
            keyMarker.isEmpty() ? null : keyMarker,
            keyMarker.isEmpty() || idMarker.isEmpty() ? null : idMarker);
    var uploads = page.rows().stream().map(item -> Upload.decode(item.row())).toList();
    var output =
        ListMultipartUploadsOutput.builder()
            .bucket(bucket.name())
            .keyMarker(parameters.show(keyMarker))
            .uploadIdMarker(idMarker)
            .prefix(parameters.show(parameters.prefix()))
            .delimiter(parameters.showOrNull(request.delimiter()))
            .maxUploads(parameters.max())
            .encodingType(request.encodingType())
            .isTruncated(page.truncated())
            .uploads(uploads.stream().map(u -> shown(u, parameters, bucket)).toList())
            .commonPrefixes(ListedObjects.commonPrefixes(page, parameters));
    if (page.truncated()) {
      output.nextKeyMarker(parameters.showOrNull(page.last()));
      if (!uploads.isEmpty() && uploads.getLast().key().equals(page.last())) {
        output.nextUploadIdMarker(uploads.getLast().id().toString());
      }
    }
    return output.build();
  }

  private MultipartUpload shown(Upload upload, ListParameters parameters, Bucket bucket) {
    var algorithm = upload.algorithm();
    return MultipartUpload.builder()
        .uploadId(upload.id().toString())
        .key(parameters.show(upload.key()))
        .initiated(upload.initiated())
        .storageClass(StorageClass.of(upload.storageClass()))
        .owner(listed.owner(bucket, upload))
        .initiator(listed.initiator(bucket, upload))
        .checksumAlgorithm(algorithm == null ? null : ChecksumAlgorithm.of(algorithm.name()))
        .checksumType(algorithm == null ? null : ChecksumType.of(upload.checksumType()))
        .build();
  }
}
