package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.storage.StorageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What a client is told when storage fails; what it is not told goes to the log. */
public final class StorageErrors {
  private static final Logger LOG = System.getLogger(StorageErrors.class.getName());

  private StorageErrors() {}

  public static S3Exception translate(StorageException e) {
    return switch (e) {
      case StorageException.Full full -> S3Error.INSUFFICIENT_STORAGE.exception();
      case StorageException.Refused refused -> S3Error.OPERATION_ABORTED.exception();
      case StorageException.OutcomeUnknown unknown -> logged(e, S3Error.SERVICE_UNAVAILABLE);
      case StorageException.NoSuchBlob gone -> logged(e, S3Error.INTERNAL_ERROR);
      case StorageException.Damaged damaged -> logged(e, S3Error.INTERNAL_ERROR);
      case StorageException.Failure failure -> logged(e, S3Error.INTERNAL_ERROR);
    };
  }

  private static S3Exception logged(StorageException e, S3Error error) {
    LOG.log(Level.ERROR, "storage: " + e.getMessage(), e);
    return error.exception();
  }
}
