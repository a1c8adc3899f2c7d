package io.coffer.service;

import io.coffer.storage.Bytes;

/**
 * How far a walk over all buckets has come.
 *
 * @param bucket the name of the bucket, or where the next name begins
 * @param path the next row in it; empty for its beginning
 * @param part the last part that is done of that row's object or upload; 0 for none
 */
record WalkPosition(String bucket, Bytes path, int part) {
  static final WalkPosition START = new WalkPosition("", Bytes.empty(), 0);

  static WalkPosition startOf(String bucket) {
    return new WalkPosition(bucket, Bytes.empty(), 0);
  }

  /** The next bucket after this one. */
  WalkPosition nextBucket() {
    return startOf(bucket + "\0");
  }

  WalkPosition at(Bytes next, int partsDone) {
    return new WalkPosition(bucket, next, partsDone);
  }
}
