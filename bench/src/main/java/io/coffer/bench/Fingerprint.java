package io.coffer.bench;

/**
 * By what an object is known again.
 *
 * @param sha256 of its bytes in lower-case hex; for one that cannot be read, why
 * @param eTag without quotes
 * @param tag number of the request that wrote it, which the object carries as metadata: so that an
 *     older object does not pass for a newer one of the same bytes; -1 when it has none
 */
record Fingerprint(long length, String sha256, String eTag, long tag) {
  /** The header in which the tag goes up and comes down. */
  static final String TAG_HEADER = "x-amz-meta-tag";

  @Override
  public String toString() {
    return "%d B, SHA-256 %s, ETag %s, tag %d".formatted(length, sha256, eTag, tag);
  }
}
