package io.coffer.service.operations;

import io.coffer.model.s3.ChecksumAlgorithm;
import io.coffer.model.s3.ChecksumType;
import io.coffer.model.s3.ListPartsOutput;
import io.coffer.model.s3.ListPartsRequest;
import io.coffer.model.s3.Part;
import io.coffer.model.s3.StorageClass;
import io.coffer.service.Authorization;
import io.coffer.service.Context;
import io.coffer.service.ETags;
import io.coffer.service.Handler;
import io.coffer.service.ListParameters;
import io.coffer.service.ModelChecksums;
import io.coffer.service.ObjectKey;
import io.coffer.service.S3Permission;
import io.coffer.service.Uploads;

/** ListParts: what of an upload has arrived. */
public final class ListParts implements Handler<ListPartsRequest, ListPartsOutput> {
  private final Authorization authorization;
  private final Uploads uploads;
  private final ListedObjects listed;

  public ListParts(Authorization authorization, Uploads uploads, ListedObjects listed) {
    this.authorization = authorization;
    this.uploads = uploads;
    this.listed = listed;
  }

  @Override
  public ListPartsOutput handle(ListPartsRequest request, Context context) {
    var access = authorization.access(ListPartsRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.LIST_MULTIPART_UPLOAD_PARTS, key, null);
    var upload = uploads.find(bucket, key, String.valueOf(request.uploadId()));
    int max = ListParameters.max("max-parts", request.maxParts());
    int marker = request.partNumberMarker() == null ? 0 : request.partNumberMarker();
    var page = uploads.parts(bucket, upload.id(), marker).limit(max + 1L).toList();
    var shown = page.subList(0, Math.min(max, page.size()));
    var algorithm = upload.algorithm();
    return ListPartsOutput.builder()
        .bucket(bucket.name())
        .key(upload.key())
        .uploadId(upload.id().toString())
        .partNumberMarker(marker)
        .nextPartNumberMarker(shown.isEmpty() ? 0 : shown.getLast().number())
        .maxParts(max)
        .isTruncated(max > 0 && page.size() > max)
        .initiator(listed.initiator(bucket, upload))
        .owner(listed.owner(bucket, upload))
        .storageClass(StorageClass.of(upload.storageClass()))
        .checksumAlgorithm(algorithm == null ? null : ChecksumAlgorithm.of(algorithm.name()))
        .checksumType(algorithm == null ? null : ChecksumType.of(upload.checksumType()))
        .parts(shown.stream().map(ListParts::shown).toList())
        .build();
  }

  private static Part shown(io.coffer.service.Part part) {
    var shown =
        Part.builder()
            .partNumber(part.number())
            .lastModified(part.lastModified())
            .eTag(ETags.quoted(part.eTag()))
            .size(part.size());
    ModelChecksums.set(Part.SHAPE, shown, part.checksum());
    return shown.build();
  }
}
