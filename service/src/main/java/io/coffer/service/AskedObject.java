package io.coffer.service;

import io.coffer.model.S3Exception;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object that a permission is asked for; it is read when something depends on it. One thread.
 */
final class AskedObject {
  private final Versions versions;
  private final Bucket bucket;
  private final ObjectKey key;
  private final @Nullable String versionId;
  private final boolean isNew;
  private @Nullable ObjectVersion version;
  private boolean wasRead;

  /**
   * @param isNew the request makes it: what is there now has no say
   */
  AskedObject(
      Versions versions, Bucket bucket, ObjectKey key, @Nullable String versionId, boolean isNew) {
    this.versions = versions;
    this.bucket = bucket;
    this.key = key;
    this.versionId = versionId;
    this.isNew = isNew;
  }

  boolean isNew() {
    return isNew;
  }

  ObjectKey key() {
    return key;
  }

  @Nullable String versionId() {
    return versionId;
  }

  /** Null where there is none yet, and for a delete marker. */
  @Nullable ObjectVersion version() {
    if (!wasRead && !isNew) {
      version = read();
      wasRead = true;
    }
    return version;
  }

  Map<String, String> tags() {
    var found = version();
    return found == null ? Map.of() : found.data().tags();
  }

  private @Nullable ObjectVersion read() {
    try {
      return versions.find(bucket, key, versionId);
    } catch (S3Exception absent) {
      return null;
    }
  }
}
