package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import org.jspecify.annotations.Nullable;

/** Room of blobs among the rows that were released: how much, and between which ids. */
final class Freed {
  private long bytes;
  private @Nullable BlobId first;
  private @Nullable BlobId last;

  void add(BlobId blob, long blobBytes) {
    bytes += blobBytes;
    first = first == null || blob.compareTo(first) < 0 ? blob : first;
    last = last == null || blob.compareTo(last) > 0 ? blob : last;
  }

  void add(Freed other) {
    if (other.first != null && other.last != null) {
      add(other.first, other.bytes);
      add(other.last, 0);
    }
  }

  long bytes() {
    return bytes;
  }

  @Nullable BlobId first() {
    return first;
  }

  @Nullable BlobId last() {
    return last;
  }
}
