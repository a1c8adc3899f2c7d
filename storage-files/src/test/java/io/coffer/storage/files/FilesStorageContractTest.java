package io.coffer.storage.files;

import io.coffer.storage.Storage;
import io.coffer.storage.contract.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The files backend keeps every promise of the storage interface. */
class FilesStorageContractTest extends StorageContract {
  @TempDir Path directory;

  @Override
  protected Storage open() {
    return FilesStorage.open(directory.resolve("data"), FilesSettings.defaults());
  }

  @Override
  protected Storage reopen(Storage storage) {
    storage.close();
    return open();
  }
}
