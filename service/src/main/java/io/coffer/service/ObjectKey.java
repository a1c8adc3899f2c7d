package io.coffer.service;

import io.coffer.model.S3Error;

/**
 * The key of an object, kept exactly.
 *
 * @param text 1 to 1,024 bytes of UTF-8
 */
public record ObjectKey(String text) {
  static final int MAX_BYTES = 1_024;

  /**
   * @throws io.coffer.model.S3Exception KeyTooLongError, or InvalidURI when there is none
   */
  public ObjectKey {
    int size = Paths.utf8(text).length;
    if (size == 0) {
      throw S3Error.INVALID_URI.exception();
    }
    if (size > MAX_BYTES) {
      throw S3Error.KEY_TOO_LONG
          .exception()
          .with("Size", Integer.toString(size))
          .with("MaxSizeAllowed", Integer.toString(MAX_BYTES));
    }
  }
}
