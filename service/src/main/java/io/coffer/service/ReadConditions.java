package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Preconditions of reading an object, with the precedence of RFC 9110 §13.2.2: If-Match over
 * If-Unmodified-Since, If-None-Match over If-Modified-Since.
 */
public record ReadConditions(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable Instant ifModifiedSince,
    @Nullable Instant ifUnmodifiedSince) {

  /**
   * Checks a GET or HEAD.
   *
   * @throws S3Exception PreconditionFailed; NotModified with the object's ETag and Last-Modified
   */
  public void check(ObjectVersion version) {
    checkMatch(version, "If-Match", "If-Unmodified-Since");
    if (isUnchanged(version)) {
      throw S3Error.NOT_MODIFIED
          .exception()
          .withHeader("ETag", ETags.quoted(version.data().eTag()))
          .withHeader("Last-Modified", HttpDate.format(version.lastModified()));
    }
  }

  /**
   * Checks the source of a copy, where all failures are 412.
   *
   * @throws S3Exception PreconditionFailed
   */
  public void checkCopySource(ObjectVersion version) {
    checkMatch(version, "x-amz-copy-source-If-Match", "x-amz-copy-source-If-Unmodified-Since");
    if (isUnchanged(version)) {
      throw WriteConditions.failed(
          ifNoneMatch != null
              ? "x-amz-copy-source-If-None-Match"
              : "x-amz-copy-source-If-Modified-Since");
    }
  }

  private void checkMatch(ObjectVersion version, String matchName, String unmodifiedName) {
    if (ifMatch != null) {
      if (!ETags.matches(ifMatch, version.data().eTag())) {
        throw WriteConditions.failed(matchName);
      }
    } else if (ifUnmodifiedSince != null && seconds(version).isAfter(ifUnmodifiedSince)) {
      throw WriteConditions.failed(unmodifiedName);
    }
  }

  private boolean isUnchanged(ObjectVersion version) {
    if (ifNoneMatch != null) {
      return ETags.matches(ifNoneMatch, version.data().eTag());
    }
    return ifModifiedSince != null && !seconds(version).isAfter(ifModifiedSince);
  }

  private static Instant seconds(ObjectVersion version) {
    return version.lastModified().truncatedTo(ChronoUnit.SECONDS);
  }
}
