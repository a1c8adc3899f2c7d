package io.coffer.auth;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;

/**
 * What a form may do.
 *
 * @param minLength of the file in bytes
 * @param maxLength of the file in bytes; {@link Long#MAX_VALUE} when the policy does not say
 */
public record PostAuthorization(Caller caller, long minLength, long maxLength) {
  /**
   * Refuses a file of this many bytes, or of at least as many, as soon as it is too large; to be
   * called while the file flows.
   *
   * @throws S3Exception EntityTooLarge
   */
  public void checkNotAbove(long length) {
    if (length > maxLength) {
      throw S3Error.ENTITY_TOO_LARGE
          .exception()
          .with("ProposedSize", Long.toString(length))
          .with("MaxSizeAllowed", Long.toString(maxLength));
    }
  }

  /**
   * Checks the length of the whole file; to be called at its end.
   *
   * @throws S3Exception EntityTooSmall, EntityTooLarge
   */
  public void check(long length) {
    checkNotAbove(length);
    if (length < minLength) {
      throw S3Error.ENTITY_TOO_SMALL
          .exception()
          .with("ProposedSize", Long.toString(length))
          .with("MinSizeAllowed", Long.toString(minLength));
    }
  }
}
