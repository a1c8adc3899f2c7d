package io.coffer.storage;

import org.jspecify.annotations.Nullable;

/** What a backend may answer instead of a result. */
public abstract sealed class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StorageException(String message, @Nullable Throwable cause, boolean trace) {
    super(message, cause, trace, trace);
  }

  /** An expectation did not hold, or spuriously; nothing changed. */
  public static final class Refused extends StorageException {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message, null, false);
    }
  }

  /** Whether the batch was applied is not known; the same batch may be sent again. */
  public static final class OutcomeUnknown extends StorageException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message, @Nullable Throwable cause) {
      super(message, cause, true);
    }
  }

  /** No room; nothing changed, and reading and deleting go on. */
  public static final class Full extends StorageException {
    private static final long serialVersionUID = 1L;

    public Full(String message) {
      super(message, null, false);
    }
  }

  /** There is no such blob. */
  public static final class NoSuchBlob extends StorageException {
    private static final long serialVersionUID = 1L;

    public NoSuchBlob(BlobId blob) {
      super("no blob " + blob, null, true);
    }
  }

  /** A blob is not what was written. */
  public static final class Damaged extends StorageException {
    private static final long serialVersionUID = 1L;

    public Damaged(String message) {
      super(message, null, true);
    }
  }

  /** The engine failed; nothing changed. */
  public static final class Failure extends StorageException {
    private static final long serialVersionUID = 1L;

    public Failure(String message, @Nullable Throwable cause) {
      super(message, cause, true);
    }
  }
}
