/** Rows in RocksDB, larger blobs in files of their own. */
module io.coffer.storage.files {
  requires static transitive org.jspecify;
  requires transitive io.coffer.storage;
  requires rocksdbjni;

  exports io.coffer.storage.files;
  exports io.coffer.storage.files.disk;
}
