package io.coffer.bench;

/** What a bucket keeps of a key; AWS: "How S3 Versioning works". */
enum Versioning {
  /** One object, whose version is called null. */
  NEVER,
  /** Every version, each with an id of its own. */
  ENABLED,
  /** Those that there were, and beside them one that is called null. */
  SUSPENDED
}
