package io.coffer.storage.files;

import org.jspecify.annotations.Nullable;

/**
 * A data directory cannot be opened. The message is one sentence for the operator: what is wrong
 * and what to do. Nothing in the directory was changed, unless it was RocksDB that found it
 * unusable while it opened it to write.
 */
public class DirectoryUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DirectoryUnusable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
