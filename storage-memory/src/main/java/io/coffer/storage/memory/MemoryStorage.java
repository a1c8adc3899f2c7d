package io.coffer.storage.memory;

/** To come. */
public final class MemoryStorage {
  private MemoryStorage() {}
}
