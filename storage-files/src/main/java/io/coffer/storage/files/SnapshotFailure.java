package io.coffer.storage.files;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot cannot be made, found, deleted or restored. The message is one sentence for the
 * operator: what is wrong and what to do.
 */
public final class SnapshotFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SnapshotFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  SnapshotFailure(String message) {
    this(message, null);
  }
}
