package io.coffer.storage.files;

/** The column families of RocksDB. Their names are part of the directory's format. */
enum Family {
  /** Counters of the store, by name. */
  META("default"),
  /** Group and path of a row: its revision, then its value. */
  ROWS("rows"),
  /** Every adopted blob: where it is and how long. */
  BLOBS("blobs"),
  /** Adopted blobs below the threshold: their bytes, then a CRC32C of them. */
  INLINE("inline"),
  /** Released blobs whose files are still to be deleted. */
  RELEASED("released"),
  /** The change feed. */
  FEED("feed");

  private final String familyName;

  Family(String familyName) {
    this.familyName = familyName;
  }

  String familyName() {
    return familyName;
  }
}
