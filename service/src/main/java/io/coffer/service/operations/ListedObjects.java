package io.coffer.service.operations;

import io.coffer.model.s3.ChecksumAlgorithm;
import io.coffer.model.s3.ChecksumType;
import io.coffer.model.s3.CommonPrefix;
import io.coffer.model.s3.ObjectStorageClass;
import io.coffer.model.s3.Owner;
import io.coffer.service.Accounts;
import io.coffer.service.Bucket;
import io.coffer.service.ETags;
import io.coffer.service.ListParameters;
import io.coffer.service.Listing;
import io.coffer.service.ObjectVersion;
import io.coffer.service.StoredChecksum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of listings as the API shows them. Thread-safe. */
public final class ListedObjects {
  private final Accounts accounts;

  public ListedObjects(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The owner of everything in a bucket. */
  Owner owner(Bucket bucket) {
    var account = accounts.account(bucket.owner());
    return Owner.builder().id(account.canonicalId()).displayName(account.displayName()).build();
  }

  List<io.coffer.model.s3.Object> objects(
      Listing page, ListParameters parameters, Bucket bucket, boolean withOwner) {
    var owner = withOwner ? owner(bucket) : null;
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
                  .owner(owner)
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
