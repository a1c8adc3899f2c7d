package io.coffer.storage.files;

import java.nio.file.Path;

/** Another server has the data directory open. */
public final class DirectoryInUse extends DirectoryUnusable {
  private static final long serialVersionUID = 1L;

  DirectoryInUse(Path directory, String holder) {
    super(
        "The data directory %s is in use by another coffer server%s; stop that one or choose"
                .formatted(directory, holder)
            + " another directory.",
        null);
  }
}
