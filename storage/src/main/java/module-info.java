/** What every backend keeps: rows in order, immutable blobs, batches. Depends on nothing. */
module io.coffer.storage {
  requires static transitive org.jspecify;

  exports io.coffer.storage;
}
