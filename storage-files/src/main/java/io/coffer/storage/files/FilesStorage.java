package io.coffer.storage.files;

/** To come. */
public final class FilesStorage {
  private FilesStorage() {}
}
