package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.StorageException;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Blobs from their first byte until a batch has adopted them; known to this process alone, so that
 * after a crash a file that no batch adopted is a stray. Thread-safe.
 */
final class Unadopted {
  /** One of them. */
  sealed interface Blob {}

  /** Not sealed yet, or not any more. */
  record Writing() implements Blob {}

  /** Sealed, to be written with the batch that adopts it. */
  record InMemory(InlineBlob inline) implements Blob {}

  /**
   * Sealed.
   *
   * @param synced whether file and entry are durable
   */
  record InFile(long length, boolean synced) implements Blob {}

  private static final Blob WRITING = new Writing();

  private final long memoryAtMost;
  private final AtomicLong memory = new AtomicLong();
  private final ConcurrentNavigableMap<BlobId, Blob> blobs = new ConcurrentSkipListMap<>();

  /**
   * @param memoryAtMost bytes of sealed blobs that are kept in memory; more go to files
   */
  Unadopted(long memoryAtMost) {
    this.memoryAtMost = memoryAtMost;
  }

  /**
   * @throws StorageException.Failure the id is taken
   */
  void begin(BlobId id) {
    if (blobs.putIfAbsent(id, WRITING) != null) {
      throw new StorageException.Failure("the blob id " + id + " is taken", null);
    }
  }

  /** False when there is no room in memory. */
  boolean seal(InlineBlob inline) {
    int bytes = inline.stored().length;
    if (memory.addAndGet(bytes) > memoryAtMost) {
      memory.addAndGet(-bytes);
      return false;
    }
    blobs.put(inline.id(), new InMemory(inline));
    return true;
  }

  void seal(BlobId id, long length, boolean synced) {
    blobs.put(id, new InFile(length, synced));
  }

  /** The file of a sealed blob was synced since. */
  void synced(BlobId id) {
    blobs.computeIfPresent(
        id, (same, blob) -> blob instanceof InFile file ? new InFile(file.length(), true) : blob);
  }

  /** The file of a sealed blob could not be synced: no batch adopts it any more. */
  void unseal(BlobId id) {
    blobs.computeIfPresent(id, (same, blob) -> blob instanceof InFile ? WRITING : blob);
  }

  /** The blob when it is sealed, else null. */
  @Nullable Blob sealed(BlobId id) {
    var blob = blobs.get(id);
    return blob instanceof Writing ? null : blob;
  }

  boolean contains(BlobId id) {
    return blobs.containsKey(id);
  }

  void remove(BlobId id) {
    if (blobs.remove(id) instanceof InMemory gone) {
      memory.addAndGet(-gone.inline().stored().length);
    }
  }

  /** Ids of the sealed ones, in order, after an id. */
  List<BlobId> sealedAfter(@Nullable BlobId after) {
    return (after == null ? blobs : blobs.tailMap(after, false))
        .entrySet().stream()
            .filter(entry -> !(entry.getValue() instanceof Writing))
            .map(entry -> entry.getKey())
            .toList();
  }

  /** Ids of all, sealed or not. */
  List<BlobId> all() {
    return List.copyOf(blobs.keySet());
  }
}
