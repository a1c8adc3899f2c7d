package io.coffer.storage.memory;

import io.coffer.storage.Storage;
import io.coffer.storage.contract.StorageContract;

/** The contract. */
class MemoryStorageTest extends StorageContract {
  @Override
  protected Storage open() {
    return MemoryStorage.create();
  }
}
