package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of the current object for a write to happen; checked in the same batch that
 * writes. AWS: "How to prevent object overwrites with conditional writes", and conditional deletes.
 *
 * @param ifMatch ETags one of which the object must have, or {@code *}
 * @param ifNoneMatch ETags none of which it may have, or {@code *}: it must not exist
 * @param ifLastModified when it must have been made, to the second
 * @param ifSize bytes that it must have
 */
public record WriteConditions(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable Instant ifLastModified,
    @Nullable Long ifSize) {
  public static final WriteConditions NONE = new WriteConditions(null, null, null, null);

  public static WriteConditions of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    return new WriteConditions(ifMatch, ifNoneMatch, null, null);
  }

  public boolean isEmpty() {
    return ifMatch == null && ifNoneMatch == null && ifLastModified == null && ifSize == null;
  }

  /**
   * Checks a write that makes a version.
   *
   * @throws S3Exception NoSuchKey when If-Match meets no object, PreconditionFailed
   */
  public void checkPut(Optional<ObjectVersion> current) {
    if (ifMatch != null) {
      var version = current.orElseThrow(S3Error.NO_SUCH_KEY::exception);
      if (!ETags.matches(ifMatch, version.data().eTag())) {
        throw failed("If-Match");
      }
    }
    if (ifNoneMatch != null
        && current.isPresent()
        && ETags.matches(ifNoneMatch, current.get().data().eTag())) {
      throw failed("If-None-Match");
    }
  }

  /**
   * Checks a deletion.
   *
   * @throws S3Exception PreconditionFailed
   */
  public void checkDelete(ObjectVersion version) {
    var object = version.object();
    if (ifMatch != null
        && !ifMatch.trim().equals("*")
        && (object == null || !ETags.matches(ifMatch, object.eTag()))) {
      throw failed("If-Match");
    }
    if (ifLastModified != null
        && !ifLastModified
            .truncatedTo(ChronoUnit.SECONDS)
            .equals(version.lastModified().truncatedTo(ChronoUnit.SECONDS))) {
      throw failed("x-amz-if-match-last-modified-time");
    }
    if (ifSize != null && (object == null || object.size() != ifSize)) {
      throw failed("x-amz-if-match-size");
    }
  }

  static S3Exception failed(String condition) {
    return S3Error.PRECONDITION_FAILED.exception().with("Condition", condition);
  }
}
