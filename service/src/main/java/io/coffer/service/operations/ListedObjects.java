package io.coffer.service.operations;

import io.coffer.model.s3.ChecksumAlgorithm;
import io.coffer.model.s3.ChecksumType;
import io.coffer.model.s3.CommonPrefix;
import io.coffer.model.s3.Initiator;
import io.coffer.model.s3.ObjectStorageClass;
import io.coffer.model.s3.Owner;
import io.coffer.service.Bucket;
import io.coffer.service.ETags;
import io.coffer.service.ListParameters;
import io.coffer.service.Listing;
import io.coffer.service.ObjectVersion;
import io.coffer.service.StoredChecksum;
import io.coffer.service.Upload;
import io.coffer.service.acl.AclAccounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of listings as the API shows them. Thread-safe. */
public final class ListedObjects {
  private final AclAccounts accounts;

  public ListedObjects(AclAccounts accounts) {
    this.accounts = accounts;
  }

  /** The owner of a version. */
  Owner owner(Bucket bucket, ObjectVersion version) {
    return accounts.owner(bucket.ownerOf(version));
  }

  /** Whose the object will be that an upload becomes. */
  Owner owner(Bucket bucket, Upload upload) {
    return accounts.owner(upload.ownerIn(bucket));
  }

  /** Who began an upload: an account by its canonical id, others by their ARN. */
  Initiator initiator(Bucket bucket, Upload upload) {
    var arn = upload.initiator();
    if (arn.isEmpty() || arn.endsWith(":root")) {
      var account = arn.isEmpty() ? upload.ownerIn(bucket) : arn.split(":", -1)[4];
      var owner = accounts.owner(account);
      return Initiator.builder().id(owner.id()).displayName(owner.displayName()).build();
    }
    return Initiator.builder().id(arn).displayName(arn.substring(arn.lastIndexOf('/') + 1)).build();
  }

  List<io.coffer.model.s3.Object> objects(
      Listing page, ListParameters parameters, Bucket bucket, boolean withOwner) {
    return page.rows().stream()
        .map(
            item -> {
              var version = ObjectVersion.decode(item.row());
              var data = version.data();
              return io.coffer.model.s3.Object.builder()
                  .key(parameters.show(item.key()))
                  .lastModified(version.lastModified())
                  .eTag(ETags.quoted(data.eTag()))
                  .checksumAlgorithm(algorithm(data.checksum()))
                  .checksumType(type(data.checksum()))
                  .size(data.size())
                  .storageClass(ObjectStorageClass.of(data.storageClass()))
                  .owner(withOwner ? owner(bucket, version) : null)
                  .build();
            })
        .toList();
  }

  static List<CommonPrefix> commonPrefixes(Listing page, ListParameters parameters) {
    return page.commonPrefixes().stream()
        .map(prefix -> CommonPrefix.builder().prefix(parameters.show(prefix)).build())
        .toList();
  }

  static @Nullable List<ChecksumAlgorithm> algorithm(@Nullable StoredChecksum checksum) {
    if (checksum == null) {
      return null;
    }
    var algorithm = ChecksumAlgorithm.of(checksum.algorithm().name());
    return algorithm == null ? null : List.of(algorithm);
  }

  static @Nullable ChecksumType type(@Nullable StoredChecksum checksum) {
    if (checksum == null) {
      return null;
    }
    return checksum.parts() == 0 ? ChecksumType.FULL_OBJECT : ChecksumType.COMPOSITE;
  }
}
