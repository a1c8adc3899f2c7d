package io.coffer.service;

import io.coffer.storage.BlobId;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Uploads whose parts somebody is reading: the collector leaves them alone until the last reader is
 * done, though the object may be deleted meanwhile. Thread-safe.
 */
final class Leases {
  private final ConcurrentHashMap<BlobId, Integer> readers = new ConcurrentHashMap<>();

  /** Takes a lease, to be given back once by running the result. */
  Runnable take(BlobId upload) {
    readers.merge(upload, 1, Integer::sum);
    return () -> readers.computeIfPresent(upload, (u, count) -> count == 1 ? null : count - 1);
  }

  boolean isLeased(BlobId upload) {
    return readers.containsKey(upload);
  }
}
