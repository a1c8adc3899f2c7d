package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.Durability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was answered before it was durable: files to be synced, and files of released blobs that
 * must not be deleted before. Not thread-safe.
 */
final class Debt {
  /** How long relaxed writes may wait: about as long as the kernel keeps dirty pages. */
  static final long RELAXED_NANOS = 30_000_000_000L;

  private final Set<BlobId> files = new LinkedHashSet<>();
  private final List<BlobId> released = new ArrayList<>();
  private long withinNanos = Long.MAX_VALUE;

  /** Of one batch. */
  static Debt of(Durability durability, Collection<BlobId> files, Collection<BlobId> released) {
    var debt = new Debt();
    debt.files.addAll(files);
    debt.released.addAll(released);
    debt.withinNanos =
        switch (durability) {
          case Durability.Sync sync -> 0;
          case Durability.Group group -> group.within().toNanos();
          case Durability.Relaxed relaxed -> RELAXED_NANOS;
        };
    return debt;
  }

  void add(Debt other) {
    files.addAll(other.files);
    released.addAll(other.released);
    withinNanos = Math.min(withinNanos, other.withinNanos);
  }

  /** Adopted blobs whose files are to be synced. */
  Set<BlobId> files() {
    return files;
  }

  /** Released blobs whose files are to be deleted afterwards. */
  List<BlobId> released() {
    return released;
  }

  /** When it has to be paid, from the moment when it was made. */
  long withinNanos() {
    return withinNanos;
  }

  /** Whether it is paid together with that of relaxed writes. */
  boolean isRelaxed() {
    return withinNanos == RELAXED_NANOS;
  }

  int size() {
    return files.size() + released.size();
  }
}
