package io.coffer.service.operations;

import io.coffer.service.Bucket;
import io.coffer.service.ObjectVersion;
import io.coffer.service.Versioning;
import org.jspecify.annotations.Nullable;

/** When answers tell the id of a version. */
final class VersionIds {
  private VersionIds() {}

  /** The id, or null in a bucket that never had versions. */
  static @Nullable String shown(Bucket bucket, ObjectVersion version) {
    return bucket.versioning() == Versioning.NEVER ? null : version.id().toString();
  }

  /** The id of a version just made: null versions have none in the answer. */
  static @Nullable String made(ObjectVersion version) {
    return version.id().isNull() ? null : version.id().toString();
  }
}
