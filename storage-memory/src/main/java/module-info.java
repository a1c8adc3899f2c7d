/** Rows and blobs in memory; gone when the process ends. */
module io.coffer.storage.memory {
  requires static transitive org.jspecify;
  requires transitive io.coffer.storage;

  exports io.coffer.storage.memory;
}
