package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.s3.Checksum;
import io.coffer.model.s3.GetObjectAttributesOutput;
import io.coffer.model.s3.GetObjectAttributesParts;
import io.coffer.model.s3.GetObjectAttributesRequest;
import io.coffer.model.s3.ObjectPart;
import io.coffer.model.s3.StorageClass;
import io.coffer.service.Authorization;
import io.coffer.service.Bucket;
import io.coffer.service.Content;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ListParameters;
import io.coffer.service.ModelChecksums;
import io.coffer.service.ObjectKey;
import io.coffer.service.ObjectVersion;
import io.coffer.service.Part;
import io.coffer.service.S3Permission;
import io.coffer.service.Unsupported;
import io.coffer.service.Uploads;
import io.coffer.service.Versions;
import org.jspecify.annotations.Nullable;

/** GetObjectAttributes: what was asked for of ETag, checksum, parts, storage class and size. */
public final class GetObjectAttributes
    implements Handler<GetObjectAttributesRequest, GetObjectAttributesOutput> {
  private final Authorization authorization;
  private final Versions versions;
  private final Uploads uploads;

  public GetObjectAttributes(Authorization authorization, Versions versions, Uploads uploads) {
    this.authorization = authorization;
    this.versions = versions;
    this.uploads = uploads;
  }

  @Override
  public GetObjectAttributesOutput handle(GetObjectAttributesRequest request, Context context) {
    var access = authorization.access(GetObjectAttributesRequest.SHAPE, request, context);
    var key = new ObjectKey(request.key());
    var bucket = access.require(S3Permission.GET_OBJECT, key, request.versionId());
    access.require(S3Permission.GET_OBJECT_ATTRIBUTES, key, request.versionId());
    Unsupported.encryption(null, null, request.sseCustomerAlgorithm(), request.sseCustomerKey());
    var wanted = request.objectAttributes();
    if (wanted == null || wanted.isEmpty()) {
      throw S3Error.INVALID_ARGUMENT
          .exception("Invalid attribute name specified.")
          .with("ArgumentName", "x-amz-object-attributes");
    }
    var version = access.finding(key, () -> versions.find(bucket, key, request.versionId()));
    var object = version.data();
    var output =
        GetObjectAttributesOutput.builder()
            .lastModified(version.lastModified())
            .versionId(VersionIds.shown(bucket, version));
    for (var attribute : wanted) {
      switch (attribute) {
        case E_TAG -> output.eTag(object.eTag());
        case CHECKSUM -> output.checksum(checksum(object));
        case OBJECT_PARTS -> output.objectParts(parts(bucket, object, request));
        case STORAGE_CLASS -> output.storageClass(StorageClass.of(object.storageClass()));
        case OBJECT_SIZE -> output.objectSize(object.size());
      }
    }
    return output.build();
  }

  private static @Nullable Checksum checksum(ObjectVersion.Data object) {
    var stored = object.checksum();
    if (stored == null) {
      return null;
    }
    var checksum = Checksum.builder().checksumType(ListedObjects.type(stored));
    ModelChecksums.set(Checksum.SHAPE, checksum, stored);
    return checksum.build();
  }

  private @Nullable GetObjectAttributesParts parts(
      Bucket bucket, ObjectVersion.Data object, GetObjectAttributesRequest request) {
    if (!(object.content() instanceof Content.Parts made)) {
      return null;
    }
    int marker = request.partNumberMarker() == null ? 0 : request.partNumberMarker();
    int max = ListParameters.max("x-amz-max-parts", request.maxParts());
    var page =
        uploads
            .parts(bucket, made.upload(), marker)
            .filter(part -> made.has(part.number()))
            .limit(max + 1L)
            .toList();
    var shown = page.subList(0, Math.min(max, page.size()));
    var checksum = object.checksum();
    boolean detailed = checksum != null;
    return GetObjectAttributesParts.builder()
        .totalPartsCount(made.count())
        .partNumberMarker(marker)
        .nextPartNumberMarker(shown.isEmpty() ? 0 : shown.getLast().number())
        .maxParts(max)
        .isTruncated(page.size() > max)
        .parts(detailed ? shown.stream().map(GetObjectAttributes::shown).toList() : null)
        .build();
  }

  private static ObjectPart shown(Part part) {
    var shown = ObjectPart.builder().partNumber(part.number()).size(part.size());
    ModelChecksums.set(ObjectPart.SHAPE, shown, part.checksum());
    return shown.build();
  }
}
